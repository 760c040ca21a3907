package dev.windrow.worker.encode;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windrow.common.catalog.Format;
import dev.windrow.common.options.CsvOptions;
import dev.windrow.common.options.FormatOptions;
import dev.windrow.testkit.Machine;
import dev.windrow.worker.encode.row.EncodedBytes;
import dev.windrow.worker.encode.row.Resume;
import dev.windrow.worker.encode.row.RowEncoder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What LibreOffice makes of hostile cells: a formula in a document of its own is an attribute of its cell. */
@Tag("slow")
final class CsvSpreadsheetIT {
    private static final Pattern FORMULA = Pattern.compile("table:formula=\"[^\"]*\"");
    private static final int OFFICE_MINUTES = 5;

    @TempDir
    private Path folder;

    /** It may be missing on a developer's machine, and must not be in CI. */
    @BeforeEach
    void requireLibreOffice() {
        Machine.requireProgram("that a spreadsheet runs no cell of an export", "soffice", "libreoffice-calc-nogui");
    }

    @Test
    void findsNoFormulaInAGuardedFileWhateverTheDelimiter() throws Exception {
        List<Path> files = new ArrayList<>();
        for (char delimiter : HostileCells.DELIMITERS) {
            files.add(write("guarded-" + (int) delimiter + ".csv", new CsvOptions(false, delimiter, true, true)));
        }
        for (char delimiter : HostileCells.DELIMITERS) {
            for (Path opened : open("CSV:" + (int) delimiter + ",34,76,1", files)) {
                assertThat(formulas(opened))
                        .as("%s, read with %s", opened, delimiter)
                        .isEmpty();
            }
        }
    }

    @Test
    void findsFormulasInARawFile() throws Exception {
        Path raw = write("raw.csv", new CsvOptions(false, ',', true, false));

        assertThat(formulas(open("CSV:44,34,76,1", List.of(raw)).get(0))).isNotEmpty();
        assertThat(formulas(open("CSV:59,34,76,1", List.of(raw)).get(0))).isNotEmpty();
    }

    @Test
    void findsNoFormulaInAWorkbook() throws Exception {
        EncodedBytes out = new EncodedBytes();
        RowEncoder encoder =
                Encoders.of(Format.XLSX, Encoding.columns("=1+1", "b"), FormatOptions.DEFAULT, out, Resume.NONE);
        Path workbook = write("workbook.xlsx", encoder, out);

        Path opened = open("Calc MS Excel 2007 XML", List.of(workbook)).get(0);

        assertThat(formulas(opened)).isEmpty();
        assertThat(Files.readString(opened)).contains("=1+1");
    }

    private Path write(String name, CsvOptions options) throws IOException {
        EncodedBytes out = new EncodedBytes();
        return write(
                name,
                Encoders.of(
                        Format.CSV, Encoding.columns("=1+1", "b;=1+1"), FormatOptions.of(options), out, Resume.NONE),
                out);
    }

    private Path write(String name, RowEncoder encoder, EncodedBytes out) throws IOException {
        encoder.begin();
        List<String> texts = HostileCells.all();
        for (int i = 0; i < texts.size(); i++) {
            if (i % 5 == 0) {
                encoder.integer(-i);
            } else {
                encoder.text(texts.get((i + 1) % texts.size()));
            }
            encoder.text(texts.get(i));
            encoder.endRow();
        }
        encoder.end();
        return Files.write(folder.resolve(name), Encoding.content(out));
    }

    /** Opens files by that filter and gives what it saved, in the same order. */
    private List<Path> open(String filter, List<Path> files) throws Exception {
        Path opened = Files.createTempDirectory(folder, "opened");
        List<String> command = new ArrayList<>(List.of(
                "soffice",
                "-env:UserInstallation=" + folder.resolve("profile").toUri(),
                "--headless",
                "--infilter=" + filter,
                "--convert-to",
                "fods",
                "--outdir",
                opened.toString()));
        files.forEach(file -> command.add(file.toString()));
        Path log = folder.resolve("office.log");
        Process office = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        assertThat(office.waitFor(OFFICE_MINUTES, TimeUnit.MINUTES)).isTrue();
        assertThat(office.exitValue()).as(Files.readString(log)).isZero();
        return files.stream()
                .map(file -> opened.resolve(file.getFileName().toString().replaceAll("\\..*", ".fods")))
                .toList();
    }

    private static List<String> formulas(Path opened) throws IOException {
        String document = Files.readString(opened);
        // So that a file that could not be read is no proof.
        assertThat(document).contains("1+1");
        return FORMULA.matcher(document).results().map(MatchResult::group).toList();
    }
}
