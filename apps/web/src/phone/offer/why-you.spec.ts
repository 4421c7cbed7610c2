import { whyYou } from './why-you';

describe('why an offer came to this phone', () => {
  it('is read from the sentence that the server writes', () => {
    const sentence = 'Li is number 7 is first of 3 who can take it: about 4 min to get there, 900 m away.';
    expect(whyYou(sentence)).toEqual({ kind: 'ranked', rank: 1, able: 3 });
    expect(whyYou('Wu is number 2 of 2 who can take it.')).toEqual({ kind: 'ranked', rank: 2, able: 2 });
    expect(whyYou('A dispatcher asks you.')).toEqual({ kind: 'asked' });
  });

  it('leaves a sentence alone that it does not know', () => {
    expect(whyYou('Because it rains.')).toEqual({ kind: 'other', text: 'Because it rains.' });
    expect(whyYou('')).toBeNull();
  });
});
