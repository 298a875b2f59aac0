import assert from "node:assert/strict";
import { test } from "node:test";
import { asWeWrite, guessWriting } from "./writing.ts";

test("numbers are read as a file writes them, and what is none of these stays as it is", () => {
  const german = (cell: string) => asWeWrite("total", cell, { numbers: "1.234,50" });
  const english = (cell: string) => asWeWrite("item.price", cell, { numbers: "1,234.50" });
  assert.deepEqual(["1.234,50 €", "1.234", "EUR 12,5", "−1.234.567,00", "12"].map(german), [
    "1234.50",
    "1234",
    "12.5",
    "-1234567.00",
    "12",
  ]);
  assert.deepEqual(["£1,234.50", "1,234", "-£3.20", "$ 1,000,000"].map(english), ["1234.50", "1234", "-3.20", "1000000"]);
  for (const odd of ["1.23.4", "1,2,3", "12a3", ""]) assert.deepEqual([german(odd), english(odd)], [odd, odd]);
  assert.equal(asWeWrite("total", 12.5, { numbers: "1.234,50" }), 12.5);
  assert.equal(asWeWrite("number", "1.234", { numbers: "1.234,50" }), "1.234");
});

test("days are read as a file writes them, and a day that there is not stays as it is", () => {
  const day = (cell: string) => asWeWrite("placedAt", cell, { days: "day first" });
  const month = (cell: string) => asWeWrite("placedAt", cell, { days: "month first" });
  assert.equal(day("31/12/2020"), "2020-12-31T00:00:00Z");
  assert.equal(day("1.2.2020 14:05"), "2020-02-01T14:05:00Z");
  assert.equal(month("12/31/2020, 1:05:09 PM"), "2020-12-31T13:05:09Z");
  assert.equal(month("1-2-2020 12:00 am"), "2020-01-02T00:00:00Z");
  for (const odd of ["31/02/2020", "2020-12-31", "1.2/2020", "0/0/2020"]) assert.deepEqual([day(odd), month(odd)], [odd, odd]);
  assert.equal(asWeWrite("placedAt", "1.2.2020", {}), "1.2.2020");
});

test("how a file writes is guessed only where it can be meant in one way", () => {
  const columns = { Sum: "total", Day: "placedAt" };
  const of = (...rows: [string, string][]) =>
    guessWriting(
      rows.map(([Sum, Day]) => ({ Sum, Day })),
      columns,
    );
  assert.deepEqual(of(["1.234,50 €", "01.02.2020"]), { numbers: "1.234,50", days: "day first" });
  assert.deepEqual(of(["5", "1/2/2020"], ["1,234.50", "1/31/2020"]), { numbers: "1,234.50", days: "month first" });
  assert.deepEqual(of(["5", "1/2/2020"]), {});
  assert.deepEqual(of(["5,10", "31/1/2020"], ["5.10", "1/31/2020"]), {});
});
