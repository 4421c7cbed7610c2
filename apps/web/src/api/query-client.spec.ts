import { QueryObserver } from '@tanstack/react-query';
import { FreshQueryClient } from './query-client';

const turn = () => new Promise((done) => setImmediate(done));

/** A page that looks at one list; each request is answered by hand. */
function watched() {
  const client = new FreshQueryClient();
  const answers: ((value: string) => void)[] = [];
  const queryFn = () => new Promise<string>((done) => answers.push(done));
  const observer = new QueryObserver(client, { queryKey: ['views'], queryFn, retry: false });
  const stop = observer.subscribe(() => undefined);
  const shown = () => observer.getCurrentResult().data;
  return { client, answers, shown, stop };
}

describe('asked for fresh data while a request is under way', () => {
  it('the answer of the first request, which may be of before, is not the last word', async () => {
    const { client, answers, shown, stop } = watched();
    const fresh = client.invalidateQueries({ queryKey: ['views'] });
    answers[0]?.('before');
    await turn();
    expect(answers).toHaveLength(2);
    answers[1]?.('after');
    await fresh;
    expect(shown()).toBe('after');
    stop();
  });

  it('no request is called off for the next one, and as many as you like make one more', async () => {
    const { client, answers, shown, stop } = watched();
    answers[0]?.('first');
    await turn();
    void client.invalidateQueries({ queryKey: ['views'] });
    for (let i = 0; i < 10; i++) void client.invalidateQueries({ queryKey: ['views'] });
    answers[1]?.('second');
    await turn();
    expect(shown()).toBe('second');
    expect(answers).toHaveLength(3);
    answers[2]?.('third');
    await turn();
    expect({ shown: shown(), requests: answers.length }).toEqual({ shown: 'third', requests: 3 });
    stop();
  });

  it('and a page that is left asks no more', async () => {
    const { client, answers, stop } = watched();
    const fresh = client.invalidateQueries({ queryKey: ['views'] });
    stop();
    answers[0]?.('before');
    await fresh;
    expect(answers).toHaveLength(1);
  });
});
