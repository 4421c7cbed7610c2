import { type GeoPoint, haversineMetres } from '#kernel';
import type { ArrivalEvidence } from '../field/arrival-fence.js';

/** What lowers the strength of evidence, and by how many of its 100 points. */
const EVIDENCE_POINTS = {
  /** The very file was sent before, for another visit. */
  SAME_FILE: 60,
  /** A copy of a photo of another visit, encoded anew. */
  SIMILAR_PHOTO: 50,
  /** Too few pixels to see anything on. */
  TINY: 30,
  ONE_COLOUR: 40,
  /** The file does not say when it was taken. */
  NO_TIME: 15,
  /** Taken before the visit, or after it was received. */
  TIME_OFF: 40,
  /** Neither the file nor the phone says where. */
  NO_PLACE: 10,
  /** Taken, or the phone seen, away from the door. */
  FAR: 40,
  /** The phone claimed a time that cannot be. */
  TIME_CHANGED: 15,
  /** The arrival is the worker's word, or was contradicted by the phone's position. */
  ARRIVAL_UNTRUSTED: 20,
} as const;
export type EvidenceCode = keyof typeof EVIDENCE_POINTS;
export const EVIDENCE_CODES = Object.keys(EVIDENCE_POINTS) as EvidenceCode[];

/** A reason with the numbers that made it. */
export interface EvidenceReason {
  code: EvidenceCode;
  points: number;
  values: Record<string, number | string>;
}

/** 100: nothing speaks against it. It is never a reason to refuse anything. */
export interface EvidenceStrength {
  strength: number;
  reasons: EvidenceReason[];
}

/** What is known of an item of proof. */
export interface ProofSeen {
  kind: string;
  door: GeoPoint;
  /** Of a photo. */
  picture: { width: number; height: number; deviation: number } | null;
  takenAt: Date | null;
  /** Where the camera was, by the file; else where the phone said it was. */
  place: { at: GeoPoint; from: 'camera' | 'phone' } | null;
  /** The phone's position against the door at that time; null for what the desk recorded. */
  position: ArrivalEvidence | null;
  /** A photo of another visit that is the same or nearly. */
  reused: { jobId: string; proofId: string; bitsApart: number; isSameFile: boolean } | null;
  /** What the phone claimed, where another time counts, and that. */
  claimed: { at: Date; keptAt: Date } | null;
  visitFrom: Date;
  receivedAt: Date;
}

/** A picture whose shorter side has fewer pixels shows nothing. */
const MIN_PIXELS = 240;
/** Brightness that varies less is one colour with the noise of a JPEG. */
const MIN_DEVIATION = 3;
/** Cameras write places that are some streets old, metres. */
const MAX_PHOTO_METRES = 500;
/** Clocks of cameras, and a photo taken just before the job was assigned, minutes. */
const CLOCK_MINUTES = 10;
/** A change of the claimed time that says nothing about the worker, minutes. */
const CLAIM_MINUTES = 2;

/** How much an item of proof is worth as evidence, and why not more. */
export function judgeProof(seen: ProofSeen): EvidenceStrength {
  return sum([
    ...(seen.kind === 'photo' ? [...reuse(seen), ...picture(seen), ...time(seen)] : []),
    ...place(seen),
    ...claim(seen),
  ]);
}

const because = (code: EvidenceCode, values: EvidenceReason['values'] = {}): EvidenceReason => ({
  code,
  points: EVIDENCE_POINTS[code],
  values,
});

function sum(reasons: EvidenceReason[]): EvidenceStrength {
  const lost = reasons.reduce((points, reason) => points + reason.points, 0);
  return { strength: Math.max(0, 100 - lost), reasons };
}

function reuse({ reused }: ProofSeen): EvidenceReason[] {
  if (!reused) return [];
  const { isSameFile, ...values } = reused;
  return [because(isSameFile ? 'SAME_FILE' : 'SIMILAR_PHOTO', values)];
}

function picture({ picture }: ProofSeen): EvidenceReason[] {
  if (!picture) return [];
  const { width, height, deviation } = picture;
  return [
    ...(Math.min(width, height) < MIN_PIXELS ? [because('TINY', { width, height, limit: MIN_PIXELS })] : []),
    ...(deviation < MIN_DEVIATION ? [because('ONE_COLOUR', { deviation, limit: MIN_DEVIATION })] : []),
  ];
}

function time({ takenAt, visitFrom, receivedAt }: ProofSeen): EvidenceReason[] {
  if (!takenAt) return [because('NO_TIME')];
  const minutes = Math.round(
    Math.max(visitFrom.getTime() - takenAt.getTime(), takenAt.getTime() - receivedAt.getTime()) / 60_000,
  );
  return minutes > CLOCK_MINUTES
    ? [because('TIME_OFF', { takenAt: takenAt.toISOString(), minutes, limit: CLOCK_MINUTES })]
    : [];
}

function place({ kind, door, place, position }: ProofSeen): EvidenceReason[] {
  const told = place && {
    from: place.from,
    metres: haversineMetres(door, place.at),
    limit: MAX_PHOTO_METRES,
  };
  if (told && told.metres > told.limit)
    return [
      because('FAR', { from: told.from, distanceMetres: Math.round(told.metres), limitMetres: told.limit }),
    ];
  if (position?.doubt === 'POSITION_FAR')
    return [
      because('FAR', {
        from: 'position',
        distanceMetres: position.distanceMetres ?? 0,
        limitMetres: position.limitMetres ?? 0,
      }),
    ];
  const unknown = !told && (!position || position.doubt === 'NO_RECENT_POSITION');
  return unknown && (kind === 'photo' || kind === 'scan') ? [because('NO_PLACE')] : [];
}

function claim({ claimed }: Pick<ProofSeen, 'claimed'>): EvidenceReason[] {
  if (!claimed) return [];
  const minutes = Math.round(Math.abs(claimed.at.getTime() - claimed.keptAt.getTime()) / 60_000);
  return minutes > CLAIM_MINUTES
    ? [because('TIME_CHANGED', { claimedAt: claimed.at.toISOString(), minutes, limit: CLAIM_MINUTES })]
    : [];
}

/** An item of proof with its own strength. */
export interface JudgedProof {
  proofId: string;
  kind: string;
  evidence: EvidenceStrength | null;
}

export interface VisitEvidence extends EvidenceStrength {
  /** What each reason is about: the item's kind, or `visit`. */
  reasons: (EvidenceReason & { about: string })[];
}

/**
 * What a whole visit rests on: the strongest item of each kind that was asked for (of all kinds, if none was), the
 * weakest kind of these, and the arrival.
 */
export function judgeVisit(visit: {
  proofRequired: readonly string[];
  items: readonly JudgedProof[];
  arrival: ArrivalEvidence | null;
  claimed: ProofSeen['claimed'];
}): VisitEvidence {
  const { proofRequired, items, arrival, claimed } = visit;
  const best = new Map<string, EvidenceStrength>();
  for (const { kind, evidence } of items) {
    if (!evidence || (proofRequired.length > 0 && !proofRequired.includes(kind))) continue;
    if (evidence.strength > (best.get(kind)?.strength ?? -1)) best.set(kind, evidence);
  }
  const ofVisit = [
    ...(arrival && !arrival.trusted
      ? [
          because(
            'ARRIVAL_UNTRUSTED',
            arrival.distanceMetres === undefined ? {} : { distanceMetres: arrival.distanceMetres },
          ),
        ]
      : []),
    ...claim({ claimed }),
  ];
  const weakest = Math.min(100, ...[...best.values()].map(({ strength }) => strength));
  const lost = ofVisit.reduce((points, reason) => points + reason.points, 0);
  return {
    strength: Math.max(0, weakest - lost),
    reasons: [
      ...[...best].flatMap(([about, { reasons }]) => reasons.map((reason) => ({ ...reason, about }))),
      ...ofVisit.map((reason) => ({ ...reason, about: 'visit' })),
    ],
  };
}
