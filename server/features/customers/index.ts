/** Who is served, what they are known by, what they agreed to. */
export { findOrCreateCustomer, isSharedAddress, type KnownBy } from "./find-or-create-customer.ts";
export {
  findByIdentity,
  findCustomer,
  findCustomers,
  profilesOfPersons,
  searchCustomers,
  setRisks,
  identitiesOf,
  walkIdentities,
  type Customer,
} from "./queries.ts";
export { importCustomers, type PastCustomer } from "./import-customers.ts";
export { requireCustomer } from "./require-customer.ts";
export { normaliseEmail } from "./email-address.ts";
export { consentsOf, recordConsent, type Consent } from "./consents.ts";
export { liftSuppression, suppress, suppressionOf, type MessageClass, type Suppression } from "./suppressions.ts";
export { provideListing, type ListingPorts } from "./listing-ports.ts";
export { provideStandings, standingsOf, type LinePoint, type Standing } from "./standing.ts";
export { CustomerSummary, StandingSchema, summaryOf } from "./schemas.ts";
export { listeners } from "./listeners.ts";
export { meetCustomers, whoseSightings, type Met, type RefusedIdentity, type Sighting } from "./meet-customers.ts";
export type { Traits } from "./meeting-queries.ts";
export { IDENTITY_KINDS, normaliseIdentity, type IdentityKind, type Named } from "./identity-kinds.ts";
export { doWaitingMerges, mergeCustomers } from "./merge-customers.ts";
export { standingMerges } from "./merge-queries.ts";
export { partFromOthers, unmergeCustomers } from "./unmerge-customers.ts";
export { defineJobs } from "./jobs.ts";
export { personalData } from "./personal-data.ts";
export { refusalWords } from "./refusal-words.ts";
export { pairUp } from "./pair-up.ts";
export type { Likeable } from "./likeness.ts";
export { preferenceToken } from "./preference-link.ts";
export { pages } from "./preference-pages.ts";
export { routes } from "./routes.ts";
export { readNames, weighSightings, whyNobody, type SightingWeight } from "./weigh-sightings.ts";
export { identitiesOfAll, namesOf, pageOfCustomers, type Identities } from "./profile-queries.ts";
