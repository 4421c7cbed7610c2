import { Body, Controller, Get, Post } from '@nestjs/common';
import { ApiCreatedResponse, ApiHeader, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { Caller, Can, IdParam, type Principal, UnitOfWork } from '#platform';
import { NewNote, NoteList, NoteView, Timeline, viewNote } from './history.dto.js';
import { JobHistoryService } from './job-history.service.js';

@ApiTags('jobs')
@Controller({ path: 'jobs/:id', version: '1' })
export class JobHistoryController {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly history: JobHistoryService,
  ) {}

  @Get('timeline')
  @Can('read', 'Job')
  @ApiOkResponse({ type: Timeline })
  async timeline(@Caller() caller: Principal, @IdParam('id') id: string): Promise<Timeline> {
    const items = await this.uow.run(caller.orgId, (tx) => this.history.timeline(tx, caller, id));
    return { items, nextCursor: null };
  }

  @Get('notes')
  @Can('read', 'Job')
  @ApiOkResponse({ type: NoteList })
  async notes(@Caller() caller: Principal, @IdParam('id') id: string): Promise<NoteList> {
    const notes = await this.uow.run(caller.orgId, (tx) => this.history.notes(tx, caller, id));
    return { items: notes.map((note) => viewNote(note, caller)), nextCursor: null };
  }

  @Post('notes')
  @Can('work', 'Job')
  @ApiHeader({ name: 'Idempotency-Key', required: false })
  @ApiCreatedResponse({ type: NoteView })
  async note(
    @Caller() caller: Principal,
    @IdParam('id') id: string,
    @Body() body: NewNote,
  ): Promise<NoteView> {
    const occurredAt = body.occurredAt ? new Date(body.occurredAt) : undefined;
    const note = await this.uow.run(caller.orgId, (tx) =>
      this.history.note(tx, caller, id, { text: body.text, occurredAt }),
    );
    return viewNote(note, caller);
  }
}
