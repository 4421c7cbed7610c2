/** For `bigint` columns (amounts of money) whose values are safe integers: PostgreSQL's driver gives them as text. */
export const wholeNumber = {
  to: (value: number | null): number | null => value,
  from: (value: string | null): number | null => (value === null ? null : Number(value)),
};
