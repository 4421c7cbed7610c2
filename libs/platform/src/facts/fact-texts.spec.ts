import { openTexts, sealTexts } from './fact-texts.js';

describe('texts beside the log', () => {
  const typed = { jobId: 'j1', reason: 'Mrs Lee is ill', from: 'assigned' };

  it('are not in the fact, and come back with it', () => {
    const { data, beside } = sealTexts(typed);
    expect(JSON.stringify(data)).not.toContain('Mrs Lee');
    expect(openTexts(data, beside)).toEqual(typed);
  });

  it('are gone once erased, and the rest of the fact stays', () => {
    const { data } = sealTexts(typed);
    expect(openTexts(data, null)).toEqual({ ...typed, reason: null });
  });

  it('are found out when exchanged', () => {
    const { data, beside } = sealTexts(typed);
    const forged = { ...beside!, texts: { reason: 'He was late' } };
    expect((openTexts(data, forged) as { reason: string }).reason).toMatch(/not the text that was recorded/);
  });

  it('cannot be guessed from the seal without the salt', () => {
    expect(sealTexts(typed).data).not.toEqual(sealTexts(typed).data);
  });

  it('leaves alone what was chosen from a list, and what holds no text', () => {
    for (const data of [{ reason: 'customer_absent' }, { reason: null }, { reason: '' }, { n: 1 }, null, 'x'])
      expect(sealTexts(data)).toEqual({ data, beside: null });
  });
});
