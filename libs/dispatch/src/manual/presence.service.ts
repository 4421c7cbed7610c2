import { Injectable, type OnModuleInit, Optional } from '@nestjs/common';
import { Invalid, isId } from '#kernel';
import { LiveCommands, LiveGateway, OFFICE_ROLES, officeRoom } from '#platform';

/**
 * Tells the desks who looks at which job, so that two dispatchers do not work on the same one unawares. Clients say it
 * again every 20 s; what was not repeated for 30 s is forgotten by those who listen.
 */
@Injectable()
export class PresenceService implements OnModuleInit {
  constructor(
    private readonly commands: LiveCommands,
    @Optional() private readonly gateway?: LiveGateway,
  ) {}

  onModuleInit(): void {
    this.commands.register({
      event: 'presence',
      action: 'read',
      subject: 'Assignment',
      handle: async (payload, { principal, socketId }) => {
        const jobId = (payload as { jobId?: unknown } | null)?.jobId ?? null;
        if (jobId !== null && !isId(jobId)) throw Invalid.field('jobId', 'must be an id or null');
        for (const role of OFFICE_ROLES)
          this.gateway?.broadcast(officeRoom(principal.orgId, role), 'presence', {
            userId: principal.id,
            socketId,
            jobId,
          });
        return {};
      },
    });
  }
}
