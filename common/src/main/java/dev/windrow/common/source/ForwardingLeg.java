package dev.windrow.common.source;

/** A leg that does as another does, but for what a subclass does otherwise. Belongs to one thread. */
public abstract class ForwardingLeg implements RowReader.Leg {
    private final RowReader.Leg leg;

    /** @param leg closed with this */
    protected ForwardingLeg(RowReader.Leg leg) {
        this.leg = leg;
    }

    @Override
    public boolean next() throws SourceException {
        return leg.next();
    }

    @Override
    public void copyTo(RowSink sink) throws SourceException {
        leg.copyTo(sink);
    }

    @Override
    public int keyHash() {
        return leg.keyHash();
    }

    @Override
    public String position() {
        return leg.position();
    }

    @Override
    public void pause() {
        leg.pause();
    }

    @Override
    public boolean isLast() {
        return leg.isLast();
    }

    @Override
    public void close() {
        leg.close();
    }
}
