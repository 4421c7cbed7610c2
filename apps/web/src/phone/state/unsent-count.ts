const KEY = 'doorstep.phone.waiting';

type Note = Record<string, number>;

function read(): Note {
  try {
    return JSON.parse(localStorage.getItem(KEY) ?? '{}') as Note;
  } catch {
    return {};
  }
}

/** How much lies unsent on this phone, whoever did it: a number for the log-in page, which may open nobody's database. */
export const readUnsentCount = (): number => Object.values(read()).reduce((sum, n) => sum + n, 0);

export function saveUnsentCount(userId: string, count: number): void {
  const { [userId]: before = 0, ...others } = read();
  if (before === count) return;
  try {
    localStorage.setItem(KEY, JSON.stringify(count > 0 ? { ...others, [userId]: count } : others));
  } catch {
    // A full phone: the work itself is in the database.
  }
}
