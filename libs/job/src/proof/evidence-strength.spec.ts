import { destination } from '#kernel';
import { type EvidenceStrength, judgeProof, judgeVisit, type ProofSeen } from './evidence-strength.js';

const door = { lat: 42.36, lon: -71.06 };
const at = (minutes: number) => new Date(Date.UTC(2026, 2, 2, 12, minutes));
const good: ProofSeen = {
  kind: 'photo',
  door,
  picture: { width: 2_048, height: 1_536, deviation: 50 },
  takenAt: at(20),
  place: { at: destination(door, 0, 30), from: 'camera' },
  position: { evidence: 'scan', trusted: true, distanceMetres: 20 },
  reused: null,
  claimed: null,
  visitFrom: at(0),
  receivedAt: at(30),
};
const doubts = (change: Partial<ProofSeen>) =>
  judgeProof({ ...good, ...change }).reasons.map(({ code }) => code);

describe('how much proof is worth', () => {
  it('is all of it when nothing speaks against it', () => {
    expect(judgeProof(good)).toEqual({ strength: 100, reasons: [] });
    expect(doubts({ takenAt: at(-5) })).toEqual([]);
  });

  it('is less for each thing that does, with the numbers', () => {
    expect(judgeProof({ ...good, picture: { width: 1, height: 1, deviation: 0 } })).toEqual({
      strength: 30,
      reasons: [
        { code: 'TINY', points: 30, values: { width: 1, height: 1, limit: 240 } },
        { code: 'ONE_COLOUR', points: 40, values: { deviation: 0, limit: 3 } },
      ],
    });
    expect(doubts({ takenAt: null })).toEqual(['NO_TIME']);
    expect(doubts({ takenAt: at(-40) })).toEqual(['TIME_OFF']);
    expect(doubts({ takenAt: at(50) })).toEqual(['TIME_OFF']);
    expect(doubts({ place: null, position: null })).toEqual(['NO_PLACE']);
    expect(doubts({ place: null })).toEqual([]);
    expect(doubts({ claimed: { at: at(-90), keptAt: at(0) } })).toEqual(['TIME_CHANGED']);
    expect(doubts({ claimed: { at: at(1), keptAt: at(0) } })).toEqual([]);
    const reused = { jobId: 'j', proofId: 'p', bitsApart: 2, isSameFile: false };
    expect(judgeProof({ ...good, reused }).reasons).toEqual([
      { code: 'SIMILAR_PHOTO', points: 50, values: { jobId: 'j', proofId: 'p', bitsApart: 2 } },
    ]);
    expect(doubts({ reused: { ...reused, isSameFile: true } })).toEqual(['SAME_FILE']);
  });

  it('is less where camera or phone were elsewhere, once for both', () => {
    const away = destination(door, 0, 9_000);
    expect(judgeProof({ ...good, place: { at: away, from: 'phone' } }).reasons).toEqual([
      { code: 'FAR', points: 40, values: { from: 'phone', distanceMetres: 9_000, limitMetres: 500 } },
    ]);
    const position = {
      evidence: 'scan',
      trusted: false,
      doubt: 'POSITION_FAR',
      distanceMetres: 9_000,
      limitMetres: 208,
    } as const;
    for (const kind of ['photo', 'scan', 'signature', 'note'])
      expect(doubts({ kind, position })).toEqual(['FAR']);
    expect(doubts({ kind: 'signature', place: null, position: null, takenAt: null })).toEqual([]);
  });
});

describe('what a visit rests on', () => {
  const strength = (points: number): EvidenceStrength => ({
    strength: 100 - points,
    reasons: [{ code: 'NO_TIME', points, values: {} }],
  });
  const visit = { proofRequired: ['photo', 'note'], arrival: null, claimed: null };
  const items = [
    { proofId: 'a', kind: 'photo', evidence: strength(70) },
    { proofId: 'b', kind: 'photo', evidence: strength(15) },
    { proofId: 'c', kind: 'note', evidence: { strength: 100, reasons: [] } },
    { proofId: 'd', kind: 'scan', evidence: strength(90) },
  ];

  it('is the best item of each kind asked for, the weakest kind of them, and the arrival', () => {
    expect(judgeVisit({ ...visit, items })).toEqual({
      strength: 85,
      reasons: [{ code: 'NO_TIME', points: 15, values: {}, about: 'photo' }],
    });
    expect(judgeVisit({ ...visit, proofRequired: [], items }).strength).toBe(10);
    const arrival = { evidence: 'declared', trusted: false, distanceMetres: 850 } as const;
    expect(judgeVisit({ ...visit, items, arrival })).toMatchObject({
      strength: 65,
      reasons: [
        { about: 'photo' },
        { code: 'ARRIVAL_UNTRUSTED', about: 'visit', values: { distanceMetres: 850 } },
      ],
    });
    expect(judgeVisit({ ...visit, items: [] })).toEqual({ strength: 100, reasons: [] });
  });
});
