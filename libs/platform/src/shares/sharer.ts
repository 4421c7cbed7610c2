import type { AuthenticatedRequest } from '../auth/access.js';
import type { LinkHolder, Principal } from '../auth/principal.js';
import { callerNetwork } from './caller-network.js';
import type { Sharer } from './fair-gate.js';

/** All who are not signed in share what one organisation may have. */
const STRANGERS = 'strangers';

export const sharerOfPrincipal = ({ orgId, id }: Principal | LinkHolder): Sharer => ({
  organization: orgId,
  caller: id,
});

/** Whoever is signed in is known by their account or key, others by their network. */
export const sharerOf = ({ principal, ip }: AuthenticatedRequest): Sharer =>
  principal ? sharerOfPrincipal(principal) : { organization: STRANGERS, caller: callerNetwork(ip) };
