import { createContext, useContext } from 'react';
import type { Job } from '../../api/types';
import { useStore } from '../../store/use-store';
import { deskZone } from '../../ui/zone';
import type { Visit } from './next-step';
import type { Phone, PhoneState } from './phone';

export const PhoneContext = createContext<Phone | null>(null);

export function usePhone(): { phone: Phone; state: PhoneState } {
  const phone = useContext(PhoneContext);
  if (!phone) throw new Error('usePhone() outside of a phone');
  return { phone, state: useStore(phone) };
}

/** What the visit asks for and what is there of it. */
export function visitOf(state: PhoneState, job: Job): Visit {
  return {
    proofRequired: job.proofRequired,
    proved: state.proofs
      .filter((proof) => proof.jobId === job.id && !proof.refused)
      .map((proof) => proof.kind),
    checklist: (job.serviceTypeId && state.serviceTypes.get(job.serviceTypeId)?.checklist) || [],
    ticked: state.ticks.get(job.id) ?? [],
  };
}

/** The clocks at a door: those of its service area; where that is not known, of the areas this worker is sent to. */
export const zoneOf = (state: PhoneState, areaId: string | null): string =>
  (areaId && state.areaZones[areaId]) || deskZone();
