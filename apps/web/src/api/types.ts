import type { JobState } from '#libs/job/src/lifecycle/job-states';
import type { components } from './__generated__/schema';

type Schemas = components['schemas'];

/** The shapes the pages read, by the words the pages use; each comes from the server's own document. */
export type { JobState };
export type Role = Schemas['UserView']['role'];
export type WorkerStatus = Schemas['WorkerView']['status'];
export type Me = Schemas['MeView'];
export type User = Schemas['UserView'];
export type ApiKey = Schemas['ApiKeyView'];
export type Session = Schemas['SessionView'];
export type ParkedFact = Schemas['ParkedFactView'];
export type Area = Schemas['AreaView'];
export type Site = Schemas['SiteView'];
export type Skill = Schemas['SkillNeed'];
export type WorkerSkill = Schemas['SkillView'];
export type Worker = Schemas['WorkerView'];
export type ServiceType = Schemas['ServiceTypeView'];
/** A job as the server shows it: an auditor is not shown the door. */
export type JobView = Schemas['JobView'];
export type JobChanges = Schemas['JobChanges'];
/** A job as the pages hold it: without a door its place is NaN, and the map leaves it out. */
export type Job = Omit<JobView, 'lat' | 'lon' | 'address'> & { lat: number; lon: number; address: string };
/** `fixAt` is ISO text from the list, epoch milliseconds from a live frame. */
export type Position = Omit<Schemas['PositionView'], 'fixAt' | 'receivedAt' | 'status'> & {
  fixAt: string | number;
};
export type Fix = Schemas['TrackPoint'];
export type Track = Schemas['TrackView'];
/** From the desk's live list, with what a dispatcher may overrule; from a stored decision, without. */
export type Candidate = Schemas['CandidateView'] & Partial<Schemas['DeskCandidateView']>;
export type PastOffer = Schemas['PastOfferView'];
export type Assignment = Schemas['AssignmentView'];
export type Decision = Schemas['DecisionView'];
export type Note = Schemas['NoteView'];
export type Candidates = Schemas['CandidatesView'];
export type TimelineEntry = Schemas['TimelineEntry'];
export type BoardAssignment = Schemas['BoardAssignment'];
export type BoardWorker = Schemas['BoardWorker'];
export type Board = Schemas['BoardView'];
export type MovePlan = Schemas['MoveView'];
export type DayEffect = Schemas['DayEffectView'];
export type Explanation = Schemas['ExplanationView'];
export type DayPlan = Schemas['PlanView'];
export type DayPlanSummary = Schemas['PlanSummary'];
export type DayProposal = Schemas['ProposalView'];
export type PlannedVisit = Schemas['StopView'];
export type Insertions = Schemas['InsertionsView'];
export type Insertion = Schemas['InsertionChoiceView'];
export type SkippedVisit = Schemas['SkippedStopView'];
export type CodedMessage = Schemas['CodedMessageView'];
/** A job put to the worker who asks. */
export type Offer = Schemas['OfferView'];
export type DeskAlert = Schemas['AlertView'];
export type Conflict = Schemas['ConflictView'];
export type DeskSummary = Schemas['DeskSummaryView'];
export type SavedView = Schemas['SavedViewView'];
export type ClientSettings = Schemas['ClientSettings'];

/** A fact as the live channel sends it. */
export interface WireFact {
  seq: number;
  type: string;
  subjectType?: string;
  subjectId?: string;
  occurredAt?: string;
  recordedAt?: string;
  data?: Record<string, unknown>;
  actor?: { kind: string; id: string | null; role?: string };
}
export type CallerView = Schemas['CallerView'];
export type ChangeEffect = Schemas['ChangeEffectView'];
export type Responder = Schemas['ResponderView'];
