import { Sequence } from './sequence';

const facts = (...seqs: number[]) => seqs.map((seq) => ({ seq, type: 'job.created' }));
const seqs = (taken: { fresh: { seq: number }[] }) => taken.fresh.map((f) => f.seq);

describe('the order of facts', () => {
  it('takes each fact once', () => {
    const sequence = new Sequence(3);
    expect(seqs(sequence.take(facts(2, 3, 4, 5)))).toEqual([4, 5]);
    expect(seqs(sequence.take(facts(4, 5)))).toEqual([]);
    expect(sequence.seq).toBe(5);
  });

  it('stops before a gap, so that the replay begins where the line broke', () => {
    const sequence = new Sequence(3);
    const { fresh, gap } = sequence.take(facts(4, 6, 7));
    expect(fresh.map((f) => f.seq)).toEqual([4]);
    expect(gap).toBe(true);
    expect(sequence.seq).toBe(4);
  });

  it('lets a worker skip what is not theirs', () => {
    const sequence = new Sequence(3, false);
    expect(sequence.take(facts(9)).gap).toBe(false);
    expect(sequence.seq).toBe(9);
  });

  it('begins anywhere when nothing is known', () => {
    const sequence = new Sequence();
    expect(seqs(sequence.take(facts(41, 42)))).toEqual([41, 42]);
  });
});
