/** Every advisory lock of the house, so that no number is taken twice. 7301 (a part of the log is being made) is in the migrations alone. */
export const LOCKS = {
  /** With a partition of the customers: its reader has it. */
  partition: 7302,
  /** With the hash of a worker's name: that worker lives. */
  livingWorker: 7303,
  /** Shared by readers of the log while they digest; alone by whoever changes who is one person. */
  digest: 7305,
  /** With a person: one partition at a time takes in what happened to merged customers. */
  person: 7306,
  /** With a partition of the members of segments. */
  segments: 7307,
  /** Shared by whoever writes what segments look at (as triggers do); alone by a new segment before it looks. */
  gathering: 7308,
  /** A part of the log is being sealed. */
  sealing: 7309,
} as const;
