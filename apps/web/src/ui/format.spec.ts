import { price } from './format';

describe('a price', () => {
  it('shows the decimals of its currency', () => {
    const shown = [price(125_000, 'JPY'), price(125_050, 'EUR'), price(125_050, 'KWD')];
    expect(shown.map((text) => text.replaceAll('\u00a0', ' '))).toEqual([
      'JP¥125,000',
      '€1,250.50',
      'KWD 125.050',
    ]);
  });
});
