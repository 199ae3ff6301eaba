/** Attributes of a table that remembers what was used: the partition key, who used it, and when the entry may go. */
export const REPLAY_TABLE_ATTRIBUTES = { id: 'id', user: 'user', until: 'until' } as const;

/** The environment variable that names such a table to a function, by its ARN. */
export const REPLAY_TABLE_VARIABLE = 'REPLAY_TABLE_ARN';
