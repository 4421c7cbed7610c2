import { findAddressMismatch, type Pin } from './pin';

describe('a text and a pin', () => {
  const door = { address: '12 Julu Road', lat: 31.2, lon: 121.4 };
  const far = { address: '40 Huaihai Road', lat: 31.22, lon: 121.4 };
  const chosen: Pin = { ...door, siteId: 's1', said: door.address };
  const onMap: Pin = { ...door, siteId: null, said: null };

  it('agree while the text only goes on', () => {
    for (const text of ['12 Julu Road', '  12  julu road', '12 Julu Road, flat 3', ''])
      expect(findAddressMismatch(text, chosen, [door])).toBeNull();
    expect(findAddressMismatch('anything', null, [far])).toBeNull();
    expect(findAddressMismatch('12 Julu Road', onMap, [door, far])).toBeNull();
    expect(findAddressMismatch('by the gate', onMap, [door])).toBeNull();
    expect(
      findAddressMismatch('40 Huaihai Road', { ...chosen, agreed: '40 Huaihai Road' }, [far]),
    ).toBeNull();
    // Coordinates in the text are the pin.
    expect(findAddressMismatch('31.3, 121.5', chosen, [])).toBeNull();
  });

  it('disagree when the text names another door than the one chosen', () => {
    expect(findAddressMismatch('14 Julu Road', chosen, [door])).toEqual({
      kind: 'other_words',
      said: '12 Julu Road',
    });
    expect(findAddressMismatch('40 Huaihai Road', chosen, [door, far])).toMatchObject({
      kind: 'far',
      place: far,
    });
    expect(findAddressMismatch('40 huaihai road', onMap, [far])).toMatchObject({
      kind: 'far',
      metres: expect.any(Number),
    });
  });
});
