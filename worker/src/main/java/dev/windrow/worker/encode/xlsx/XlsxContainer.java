package dev.windrow.worker.encode.xlsx;

import dev.windrow.worker.encode.row.EncodedBytes;
import dev.windrow.worker.encode.xlsx.DeflatedSheet.Sizes;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.CRC32;

/*
 * ZIP (PKWARE's APPNOTE), in the form that every reader of workbooks knows: no ZIP64. The small parts stand first,
 * stored, since all of them is known before the first row; then the sheet, whose sizes follow its data (general purpose
 * bit 3), so that nothing that was written need be changed. All times are the first that ZIP can tell.
 */
/**
 * The package (ECMA-376, part 2) around a workbook's one sheet. Without document properties: they would tell the clock.
 */
final class XlsxContainer {
    private static final int LOCAL_HEADER = 0x04034b50;
    private static final int DESCRIPTOR = 0x08074b50;
    private static final int CENTRAL_HEADER = 0x02014b50;
    private static final int END_OF_DIRECTORY = 0x06054b50;
    private static final int VERSION = 20;
    private static final int SIZES_FOLLOW = 1 << 3;
    private static final int STORED = 0;
    private static final int DEFLATED = 8;
    private static final int FIRST_DATE = 1 << 5 | 1;
    private static final int LOCAL_HEADER_BYTES = 30;

    private static final String SHEET = "xl/worksheets/sheet1.xml";
    private static final String HEAD = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";
    private static final String SPREADSHEET = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    private static final String RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    private static final String PACKAGE = "http://schemas.openxmlformats.org/package/2006/";
    private static final String TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.";

    private static final Map<String, byte[]> PARTS = new LinkedHashMap<>();

    static {
        part(
                "[Content_Types].xml",
                "<Types xmlns=\"" + PACKAGE + "content-types\">"
                        + "<Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>"
                        + "<Default Extension=\"xml\" ContentType=\"application/xml\"/>"
                        + override("xl/workbook.xml", "sheet.main")
                        + override("xl/styles.xml", "styles")
                        + override(SHEET, "worksheet") + "</Types>");
        part("_rels/.rels", relationships(relation(1, "officeDocument", "xl/workbook.xml")));
        part(
                "xl/workbook.xml",
                "<workbook xmlns=\"" + SPREADSHEET + "\" xmlns:r=\"" + RELATIONS
                        + "\"><bookViews><workbookView/></bookViews>"
                        + "<sheets><sheet name=\"Rows\" sheetId=\"1\" r:id=\"rId1\"/></sheets></workbook>");
        part(
                "xl/_rels/workbook.xml.rels",
                relationships(relation(1, "worksheet", "worksheets/sheet1.xml") + relation(2, "styles", "styles.xml")));
        part("xl/styles.xml", XlsxStyle.document(SPREADSHEET));
    }

    private XlsxContainer() {}

    private static void part(String name, String xml) {
        PARTS.put(name, (HEAD + xml).getBytes(StandardCharsets.US_ASCII));
    }

    private static String override(String part, String type) {
        return "<Override PartName=\"/" + part + "\" ContentType=\"" + TYPE + type + "+xml\"/>";
    }

    private static String relationships(String relations) {
        return "<Relationships xmlns=\"" + PACKAGE + "relationships\">" + relations + "</Relationships>";
    }

    private static String relation(int id, String type, String target) {
        return "<Relationship Id=\"rId" + id + "\" Type=\"" + RELATIONS + "/" + type + "\" Target=\"" + target + "\"/>";
    }

    /** What the sheet's XML begins with. */
    static String sheetHead() {
        return HEAD + "<worksheet xmlns=\"" + SPREADSHEET + "\">";
    }

    /** Writes all that comes before the sheet's deflated bytes. */
    static void begin(EncodedBytes out) {
        PARTS.forEach((name, content) -> {
            localHeader(name, sizes(content), false, out);
            out.put(content);
        });
        localHeader(SHEET, Sizes.NONE, true, out);
    }

    /** Writes all that comes after them. */
    static void end(Sizes sheet, EncodedBytes out) {
        int before = out.length();
        put32(DESCRIPTOR, out);
        putSizes(sheet, out);
        long offset = 0;
        long directory = directory(sheet) + out.length() - before;
        int from = out.length();
        for (Map.Entry<String, byte[]> part : PARTS.entrySet()) {
            Sizes sizes = sizes(part.getValue());
            centralHeader(part.getKey(), sizes, offset, false, out);
            offset += headerBytes(part.getKey()) + sizes.deflated();
        }
        centralHeader(SHEET, sheet, offset, true, out);
        int length = out.length() - from;
        put32(END_OF_DIRECTORY, out);
        put32(0, out);
        put16(PARTS.size() + 1, out);
        put16(PARTS.size() + 1, out);
        put32(length, out);
        put32(directory, out);
        put16(0, out);
    }

    /** Where the sheet's deflated bytes end. */
    private static long directory(Sizes sheet) {
        long at = headerBytes(SHEET) + sheet.deflated();
        for (Map.Entry<String, byte[]> part : PARTS.entrySet()) {
            at += headerBytes(part.getKey()) + part.getValue().length;
        }
        return at;
    }

    private static long headerBytes(String name) {
        return LOCAL_HEADER_BYTES + name.length();
    }

    private static Sizes sizes(byte[] content) {
        CRC32 crc = new CRC32();
        crc.update(content);
        return new Sizes(crc.getValue(), content.length, content.length);
    }

    private static void localHeader(String name, Sizes sizes, boolean isSheet, EncodedBytes out) {
        put32(LOCAL_HEADER, out);
        putCommon(sizes, isSheet, out);
        put16(name.length(), out);
        put16(0, out);
        out.put(name.getBytes(StandardCharsets.US_ASCII));
    }

    private static void centralHeader(String name, Sizes sizes, long offset, boolean isSheet, EncodedBytes out) {
        put32(CENTRAL_HEADER, out);
        put16(VERSION, out);
        putCommon(sizes, isSheet, out);
        put16(name.length(), out);
        // Extra field, comment, disk and attributes: none.
        put32(0, out);
        put32(0, out);
        put32(0, out);
        put32(offset, out);
        out.put(name.getBytes(StandardCharsets.US_ASCII));
    }

    private static void putCommon(Sizes sizes, boolean isSheet, EncodedBytes out) {
        put16(VERSION, out);
        put16(isSheet ? SIZES_FOLLOW : 0, out);
        put16(isSheet ? DEFLATED : STORED, out);
        put16(0, out);
        put16(FIRST_DATE, out);
        putSizes(sizes, out);
    }

    private static void putSizes(Sizes sizes, EncodedBytes out) {
        put32(sizes.crc32(), out);
        put32(sizes.deflated(), out);
        put32(sizes.bytes(), out);
    }

    private static void put32(long value, EncodedBytes out) {
        put16((int) value, out);
        put16((int) (value >>> 16), out);
    }

    private static void put16(int value, EncodedBytes out) {
        out.put((byte) value);
        out.put((byte) (value >>> 8));
    }
}
