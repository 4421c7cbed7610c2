import i18next from 'i18next';
import { Problem } from './problem';

describe('what the server says of a field', () => {
  const words = { fieldFault: { MAX_LENGTH: '最多 {{limit}} 个字符' } };

  beforeAll(() => i18next.init({ lng: 'zh', resources: { zh: { common: words } } }));

  it('is said in the reader’s language, or as the server wrote it', () => {
    const errors = [
      { field: 'name', message: 'is too long', code: 'MAX_LENGTH', values: { limit: 120 } },
      { field: 'ref', message: 'is odd', code: 'UNHEARD_OF' },
      { field: 'other', message: 'is not right' },
    ];
    expect(Problem.from(422, { code: 'INVALID', detail: '', errors }).fields).toEqual({
      name: '最多 120 个字符',
      ref: 'is odd',
      other: 'is not right',
    });
  });
});
