import { maskName, seesMasked } from '#identity';
import type { InsertionsView, ProposalView } from '../planning/day-plan.dto.js';
import { nameIn } from '../rounds/decision-messages.js';
import type { AssignmentView, BoardView, CandidatesView, DecisionView } from './manual-dispatch.views.js';
import type { RespondersView } from './respond/emergency-response.dto.js';

/** A sentence about somebody, with no more than their initials. */
export const maskSentence = (sentence: string): string => {
  const name = nameIn(sentence);
  return name === null ? sentence : maskName(name) + sentence.slice(name.length);
};

const person = <T extends { name: string }>(who: T): T => ({ ...who, name: maskName(who.name) });

const assignment = <T extends AssignmentView>(row: T): T => ({
  ...row,
  reasons: { ...row.reasons, ...(row.reasons.why ? { why: maskSentence(String(row.reasons.why)) } : {}) },
});

/** What the desk reads, as `role` may see it: the auditor reads how it was decided, not who the people are or live. */
export const candidatesFor = (role: string, view: CandidatesView): CandidatesView =>
  seesMasked(role)
    ? { sentence: maskSentence(view.sentence), candidates: view.candidates.map(person) }
    : view;

export const decisionFor = (role: string, view: DecisionView): DecisionView =>
  seesMasked(role)
    ? {
        ...view,
        sentence: maskSentence(view.sentence),
        candidates: view.candidates.map(person),
        offers: view.offers.map((offer) => ({ ...offer, why: maskSentence(offer.why) })),
        assignment: view.assignment && assignment(view.assignment),
      }
    : view;

export const boardFor = (role: string, view: BoardView): BoardView =>
  seesMasked(role)
    ? {
        ...view,
        workers: view.workers.map((worker) => ({
          ...person(worker),
          assignments: worker.assignments.map((row) => ({
            ...assignment(row),
            job: { ...row.job, address: null, lat: null, lon: null },
          })),
        })),
      }
    : view;

export const proposalFor = (role: string, view: ProposalView): ProposalView =>
  seesMasked(role) ? { ...view, routes: view.routes.map(person) } : view;

export const insertionsFor = (role: string, view: InsertionsView): InsertionsView =>
  seesMasked(role) ? { ...view, choices: view.choices.map(person) } : view;

export const respondersFor = (role: string, view: RespondersView): RespondersView =>
  seesMasked(role) ? { ...view, items: view.items.map(person) } : view;
