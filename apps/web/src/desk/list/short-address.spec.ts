import { splitAddress } from './short-address';

describe('a long address', () => {
  it('keeps building and flat, from the word where they begin', () => {
    expect(splitAddress('Gardens of the Eastern Bay, 1250 Julu Road, Building 7, Flat 1203')).toEqual({
      head: 'Gardens of the Eastern Bay, 1250 Julu Road, Building 7,',
      tail: ' Flat 1203',
    });
    expect(splitAddress('上海市徐汇区漕溪北路一千二百三十四弄五十六号七单元八零九室')).toEqual({
      head: '上海市徐汇区漕溪北路一千二百三十四',
      tail: '弄五十六号七单元八零九室',
    });
  });

  it('is whole while it is short', () => {
    expect(splitAddress('12 Julu Road, Flat 3')).toEqual({ head: '12 Julu Road, Flat 3', tail: '' });
  });
});
