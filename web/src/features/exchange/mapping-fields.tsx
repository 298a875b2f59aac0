import { useQuery } from "@tanstack/react-query";
import { answer, api } from "../../shell/api.ts";
import { useChange } from "../../shell/use-change.ts";
import { Select } from "../../ui/select.tsx";
import { Wrong } from "../../ui/wrong.tsx";
import { encodingWords } from "./encoding-words.ts";
import { FurtherField } from "./further-field.tsx";
import { fieldsQuery, type Import, type Thing } from "./queries.ts";

type Mapping = Import["mapping"];

/** Where a column without a field of its own may go. */
const FREE: Record<Thing, string | null> = { customers: "fields.", interactions: "properties.", orders: null };
const FURTHER = "further";

const numberWays = [
  { value: "", label: "1234.50 or 1234,50" },
  { value: "1,234.50", label: "1,234.50" },
  { value: "1.234,50", label: "1.234,50" },
] as const;
const dayWays = [
  { value: "year first", label: "Year first: 2026-11-20" },
  { value: "day first", label: "Day first: 20/11/2026" },
  { value: "month first", label: "Month first: 11/20/2026" },
] as const;

/** Which column of a file is what, and how the file writes numbers and days. */
export function MappingFields({ file }: { file: Import }) {
  const fields = useQuery(fieldsQuery(file.thing));
  const { wrong, run } = useChange(["imports"]);
  const free = FREE[file.thing];
  const options = [
    { value: "", label: "Leave it out" },
    ...(fields.data?.items ?? []).map(({ name, about, isNeeded }) => ({
      value: name,
      label: about,
      detail: isNeeded ? `${name}, needed` : name,
    })),
    ...(free ? [{ value: FURTHER, label: "A further field, called …" }] : []),
  ];
  const aboutOf = (field: string): string => fields.data?.items.find(({ name }) => name === field)?.about ?? field;
  const put = (change: Partial<Mapping>): Promise<unknown> =>
    run(() => answer(api.PUT("/api/v1/imports/{id}/mapping", { params: { path: { id: file.id } }, body: { ...file.mapping, ...change } })));
  const map = (column: string, field: string): Promise<unknown> => {
    const { [column]: _, ...others } = file.mapping.columns;
    return put({ columns: field === "" ? others : { ...others, [column]: field } });
  };
  return (
    <div>
      <p className="mb-2 text-text-2">
        {file.format.toUpperCase()}, {encodingWords(file.encoding)}
        {file.delimiter && `, parted by “${file.delimiter === "\t" ? "tab" : file.delimiter}”`}. Say which column is what.
      </p>
      <ul>
        {file.columns.map((column) => {
          const known = file.mapping.columns[column] ?? "";
          const further = free && known.startsWith(free) ? known.slice(free.length) : null;
          return (
            <li
              key={column}
              className="grid grid-cols-[10rem_minmax(0,1fr)_18rem] items-center gap-x-3 border-b border-line-soft py-1 max-phone:grid-cols-2"
            >
              <b className="truncate font-medium">{column}</b>
              <span className="truncate text-text-3 max-phone:text-end">{exampleOf(file, column)}</span>
              <span className="-ms-2 min-w-0 max-phone:col-span-2">
                <Select
                  quiet
                  label={`What ${column} is`}
                  value={further === null ? known : FURTHER}
                  options={
                    further !== null || options.some(({ value }) => value === known)
                      ? options
                      : [...options, { value: known, label: known }]
                  }
                  onChange={(field) => void map(column, field === FURTHER ? `${free ?? ""}${column.slice(0, 100)}` : field)}
                />
              </span>
              {further !== null && (
                <FurtherField key={further} column={column} name={further} onName={(name) => map(column, `${free ?? ""}${name}`)} />
              )}
            </li>
          );
        })}
      </ul>
      <div className="mt-3 flex flex-wrap items-center gap-x-5 gap-y-2">
        {file.thing === "orders" && (
          <span className="flex items-center gap-2">
            <span className="text-text-2">Numbers are written</span>
            <Select
              label="How numbers are written"
              value={file.mapping.numbers ?? ""}
              options={numberWays}
              onChange={(numbers) => void put({ numbers: numbers === "" ? undefined : numbers })}
            />
          </span>
        )}
        <span className="flex items-center gap-2">
          <span className="text-text-2">Days are written</span>
          <Select
            label="How days are written"
            value={file.mapping.days ?? "year first"}
            options={dayWays}
            onChange={(days) => void put({ days })}
          />
        </span>
      </div>
      {file.missing.length > 0 && <Wrong words={`Still needed: ${file.missing.map(aboutOf).join(", ")}.`} />}
      <Wrong words={wrong} />
    </div>
  );
}

function exampleOf(file: Import, column: string): string {
  const value = file.sample.map((row) => row[column]).find((each) => each !== null && each !== undefined && each !== "");
  return value === undefined ? "" : typeof value === "string" ? value : JSON.stringify(value);
}
