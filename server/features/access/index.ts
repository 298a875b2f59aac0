/** Who may do what. */
export { authorize, systemActor, type Actor } from "./actor.ts";
export { audit } from "./audit.ts";
export { actorOf, admit, requireActor, requireOwnPage, type Doorkeeper } from "./admit.ts";
export { isPermission, permissionsOf, PERMISSIONS, type Permission, type Role } from "./permissions.ts";
export { createKey, revokeKey } from "./keys.ts";
export { deliverInvitationsBy, invite, acceptInvitation } from "./invitations.ts";
export { claimWorkspace, createWorkspace, ensureUser, isOwnerNeeded } from "./start.ts";
export { createSignIn, type SignIn } from "./sign-in.ts";
export {
  deleteUsersWithoutMembership,
  deleteWorkspace,
  findMember,
  findWorkspace,
  firstWorkspace,
  hasSample,
  insertMember,
  listMembers,
  membersOnShift,
  timeZoneOf,
  signingKeyOf,
  updateWorkspace,
  workspaceIds,
  type Member,
  type Workspace,
} from "./queries.ts";
export { MemberSummary } from "./schemas.ts";
export { isFirst, keepAnswers } from "./idempotency.ts";
export { defineJobs } from "./jobs.ts";
export {
  forgetAbout,
  personalData,
  retention,
  wordPatterns,
  type KnownPerson,
  type PersonalData,
  type Retention,
} from "./personal-data.ts";
export { routes } from "./routes.ts";
export { openRoutes } from "./open-routes.ts";
