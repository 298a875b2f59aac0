import { Type, type Static } from "typebox";
import { Moment, PublicId } from "../../platform/http/index.ts";

/**
 * The language of segments. Every object says one thing; `all`, `any` and `not` join them. A length of time is written
 * `30d`, `12h`, `15m` or `45s`; a day has 24 hours.
 */
const strict = { additionalProperties: false };

const Length = Type.String({ pattern: "^[1-9][0-9]{0,5}[smhd]$", description: "A length of time: 30d, 12h, 15m or 45s." });
const Words = Type.String({ minLength: 1, maxLength: 200 });
const Scalar = Type.Union([Type.String({ maxLength: 1000 }), Type.Number(), Type.Boolean()]);
const Whole = Type.Integer({ minimum: 0, maximum: 1_000_000 });

const ValueTest = {
  is: Type.Optional(Scalar),
  isNot: Type.Optional(Scalar),
  contains: Type.Optional(Words),
  startsWith: Type.Optional(Words),
  exists: Type.Optional(Type.Boolean()),
  atLeast: Type.Optional(Type.Number()),
  atMost: Type.Optional(Type.Number()),
};
const PropertyTest = Type.Union([Scalar, Type.Object(ValueTest, strict)]);

export const Did = Type.Object(
  {
    kind: Type.String({ minLength: 1, maxLength: 100, description: "As in the timeline: `event.tracked`, `order.late`." }),
    name: Type.Optional(Type.String({ minLength: 1, maxLength: 300, description: "Of an event, a page or a screen: its `name`." })),
    touchpoint: Type.Optional(Type.String({ maxLength: 100, description: "Key of a touchpoint." })),
    channel: Type.Optional(Type.String({ maxLength: 50 })),
    stage: Type.Optional(Type.String({ maxLength: 50 })),
    properties: Type.Optional(
      Type.Record(Type.String({ maxLength: 200 }), PropertyTest, {
        description: 'By path, with dots: `{"properties.plan": "pro"}`. Text is compared without regard to case.',
      }),
    ),
  },
  { ...strict, description: "One sort of interaction." },
);

const Count = Type.Object(
  { atLeast: Type.Optional(Whole), atMost: Type.Optional(Whole), exactly: Type.Optional(Whole) },
  { ...strict, minProperties: 1 },
);
const Timing = {
  before: Type.Optional(Moment),
  after: Type.Optional(Moment),
  withinLast: Type.Optional(Length),
  notWithinLast: Type.Optional(Length),
};
const Sum = Type.Object(
  {
    atLeast: Type.Optional(Type.Number()),
    atMost: Type.Optional(Type.Number()),
    currency: Type.Optional(Type.String({ pattern: "^[A-Z]{3}$" })),
  },
  { ...strict, description: "Of the totals; in one currency, or of all numbers as they stand." },
);

const Leaves = [
  Type.Object({ segment: PublicId }, { ...strict, description: "Is in another segment." }),
  Type.Object(
    {
      profile: Type.String({
        pattern: "^(name|email|phone|locale|timeZone|organization|fields\\..{1,200})$",
        description: "`name`, `email`, `phone`, `locale`, `timeZone`, `organization`, or `fields.x`.",
      }),
      ...ValueTest,
    },
    { ...strict, description: "What is known of the customer." },
  ),
  Type.Object(
    { identity: Type.String({ minLength: 1, maxLength: 50 }), exists: Type.Optional(Type.Boolean({ default: true })) },
    { ...strict, description: "Is known by an identity of this kind: `email`, `user_id`, `phone`, …" },
  ),
  Type.Object(
    {
      did: Did,
      count: Type.Optional(Count),
      within: Type.Optional(Length),
      ever: Type.Optional(Type.Boolean({ description: "false: never (within the window, if there is one)." })),
    },
    { ...strict, description: "Did it so often (at least once, unless `count` says otherwise), ever or within the last while." },
  ),
  Type.Object(
    // oxlint-disable-next-line unicorn/no-thenable -- a word of the language, never awaited
    { did: Did, then: Did, within: Length },
    { ...strict, description: "The last time they did it, the other followed within that time." },
  ),
  Type.Object(
    { did: Did, thenNot: Did, within: Length },
    { ...strict, description: "The last time they did it, the other did not follow within that time, and that time is over." },
  ),
  Type.Object({ first: Did, ...Timing }, { ...strict, description: "When they first did it." }),
  Type.Object({ last: Did, ...Timing }, { ...strict, description: "When they last did it." }),
  Type.Object(
    {
      orders: Type.Object(
        {
          count: Type.Optional(Count),
          sum: Type.Optional(Sum),
          within: Type.Optional(Length),
          first: Type.Optional(Type.Object(Timing, strict)),
          last: Type.Optional(Type.Object(Timing, strict)),
        },
        { ...strict, minProperties: 1 },
      ),
    },
    { ...strict, description: "What they ordered, cancelled orders left out. All that is said must hold." },
  ),
  Type.Object(
    {
      score: Type.Object(
        {
          below: Type.Optional(Type.Number({ minimum: 0, maximum: 100 })),
          above: Type.Optional(Type.Number({ minimum: 0, maximum: 100 })),
        },
        { ...strict, minProperties: 1 },
      ),
    },
    { ...strict, description: "The experience score; nobody whose score is not known yet." },
  ),
  Type.Object({ atRisk: Type.Boolean() }, { ...strict, description: "Two poor experiences within 90 days." }),
] as const;

const MOST_PARTS = 50;
const Own = Type.Ref("Where");

export const Where = Type.Cyclic(
  {
    Where: Type.Union([
      Type.Object({ all: Type.Array(Own, { maxItems: MOST_PARTS }) }, { ...strict, description: "All of these hold." }),
      Type.Object({ any: Type.Array(Own, { maxItems: MOST_PARTS }) }, { ...strict, description: "At least one of these holds." }),
      Type.Object({ not: Own }, { ...strict, description: "This does not hold." }),
      ...Leaves,
    ]),
  },
  "Where",
);

export type Did = Static<typeof Did>;
export type Count = Static<typeof Count>;
type Leaf = Static<(typeof Leaves)[number]>;
export type Where = { all: Where[] } | { any: Where[] } | { not: Where } | Leaf;
export type ValueTest = { [Key in keyof typeof ValueTest]?: Static<(typeof ValueTest)[Key]> };
export type Timing = { [Key in keyof typeof Timing]?: string };
