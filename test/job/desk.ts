import { CENTRE, type TestCity } from '../support/city.js';

export interface Job {
  id: string;
  version: number;
  state: string;
  areaId: string | null;
  [field: string]: unknown;
}
export interface Problem {
  code: string;
  errors?: { field: string; message: string; line?: number; column?: string; code?: string }[];
}
export type Items<T> = { items: T[]; nextCursor: string | null };

export const door = { ...CENTRE, address: '1 Main Street' };

export type Desk = ReturnType<typeof deskOf>;

/** The city's dispatcher, who asks for jobs: they come about, or the fields that are wrong are named. */
export function deskOf(city: TestCity) {
  const client = city.org.as.dispatcher;
  return {
    client,
    async make(body: object): Promise<Job> {
      const answer = await client.post<Job>('jobs', body);
      expect([answer.status, answer.body]).toEqual([201, expect.anything()]);
      return answer.body;
    },
    async errorsOf(body: object): Promise<string[]> {
      const answer = await client.post<Problem>('jobs', body);
      expect(answer.status).toBe(422);
      return answer.body.errors!.map((error) => error.field);
    },
  };
}
