import { declarePolicy, definePolicy } from './policy-group.js';

/** How long rows stay, days. Facts stay for ever; what people typed is kept beside them and goes. Stages add their own. */
const retentionPolicy = definePolicy('retention', {
  /** Answers to commands, so that one sent twice is done once. */
  commandDays: { default: 30, min: 1, max: 90 },
  /** Day plans, dry runs of policies, and other long work in the background. */
  planDays: { default: 365, min: 7, max: 3_650 },
  /** What phones recorded without a line and somebody settled. */
  conflictDays: { default: 1_095, min: 30, max: 3_650 },
  /** Customers' names, telephone numbers and notes, and what was typed about jobs, counted from the job's end. */
  customerDataDays: { default: 1_095, min: 30, max: 3_650 },
});

// The platform is no stage: nobody else declares its numbers.
declarePolicy(retentionPolicy);
