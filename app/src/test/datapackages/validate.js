// Prints what is wrong with the Data Package of an unpacked archive and with the rows of its files, a line each:
// node validate.js FOLDER
import fs from "node:fs";
import path from "node:path";
import datapackage from "datapackage";
import tableschema from "tableschema";

const folder = process.argv[2];
const descriptor = JSON.parse(fs.readFileSync(path.join(folder, "datapackage.json"), "utf8"));

const { valid, errors } = await datapackage.validate(descriptor);
if (!valid) {
  errors.forEach((error) => console.log(`package: ${error.message}`));
  process.exit();
}

/** The rows of a JSON file as lists in the order of the fields; each must have these and no other. */
async function cells(file, names) {
  const text = fs.readFileSync(path.join(folder, file.path), "utf8");
  const rows =
    file.format === "json"
      ? JSON.parse(text)
      : text
          .split("\n")
          .filter((line) => line)
          .map((line) => JSON.parse(line));
  return rows.map((row) => {
    if (Object.keys(row).join() !== names.join()) {
      throw new Error(`columns ${Object.keys(row)}, and the schema says ${names}`);
    }
    return Object.values(row);
  });
}

/** Takes the byte order mark away, which this library takes for a part of the first name, and others know. */
function withoutMark(name) {
  const place = path.join(folder, name);
  fs.writeFileSync(place, fs.readFileSync(place, "utf8").replace(/^\ufeff/u, ""));
}

const whole = await datapackage.Package.load(descriptor, { basePath: folder, strict: true });
for (const file of whole.resources) {
  const schema = file.descriptor.schema;
  if (!schema || file.descriptor.format === "xlsx") {
    continue;
  }
  try {
    let rows;
    if (file.descriptor.format === "csv") {
      withoutMark(file.descriptor.path);
      // Casts each cell, and holds the header against the fields' names and the rows against the primary key.
      rows = await file.read();
    } else {
      const table = await tableschema.Schema.load(schema, { strict: true });
      rows = (await cells(file.descriptor, table.fieldNames)).map((row) => table.castRow(row));
    }
    console.error(`${file.name}: ${rows.length} rows`);
  } catch (error) {
    const all = error.errors?.length ? error.errors : [error];
    all.forEach((each) => console.log(`${file.name}: ${each.message}`));
  }
}
