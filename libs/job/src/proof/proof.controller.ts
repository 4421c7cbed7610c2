import { Body, Controller, Get, Post, Req, Res, StreamableFile } from '@nestjs/common';
import { ApiBody, ApiCreatedResponse, ApiHeader, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { Request, Response } from 'express';
import { Invalid } from '#kernel';
import {
  answerOf,
  Caller,
  Can,
  type CleanPicture,
  CommandRunner,
  Consumes,
  cleanPhoto,
  FileBody,
  fileHash,
  IdParam,
  LargeBody,
  MEBIBYTE,
  Media,
  OwnTransaction,
  PictureWork,
  type Principal,
  type StoredMedia,
  sendMedia,
  type Tx,
  UnitOfWork,
} from '#platform';
import { NewProof, NewProofForm, ProofList, ProofView, viewProof } from './proof.dto.js';
import { ProofService } from './proof.service.js';
import { ProofRefusalsService } from './proof-refusals.service.js';
import { cleanSignature, drawSignature } from './signature-image.server.js';

/** Of a photo or a signature. */
const MAX_PHOTO_BYTES = 15 * MEBIBYTE;

@ApiTags('proof')
@Controller({ path: 'jobs/:id/proof', version: '1' })
export class ProofController {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly commands: CommandRunner,
    private readonly proofs: ProofService,
    private readonly refusals: ProofRefusalsService,
    private readonly pictures: PictureWork,
    private readonly media: Media,
  ) {}

  /**
   * A photo, signature, scan or note. Pictures are re-encoded without metadata; place and time of taking are kept beside
   * them. With an `id`, `opId` or Idempotency-Key it may be sent again safely. A scan also counts as arrival.
   */
  @Post()
  @Can('prove', 'Job')
  @OwnTransaction()
  @Consumes('multipart/form-data', 'application/json')
  @LargeBody({ maxBytes: MAX_PHOTO_BYTES, maxJsonBytes: MEBIBYTE, maxValues: 40_000 })
  @ApiBody({ type: NewProofForm })
  @ApiHeader({ name: 'Idempotency-Key', required: false })
  @ApiCreatedResponse({ type: ProofView })
  async add(
    @Caller() caller: Principal,
    @IdParam('id') jobId: string,
    @Body() body: NewProof,
    @FileBody() file: Buffer | undefined,
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
  ): Promise<ProofView> {
    try {
      return await this.keep(caller, jobId, { body, content: file, request, response });
    } catch (error) {
      await this.refusals.note(caller, jobId, body.kind, error);
      throw error;
    }
  }

  @Get()
  @Can('read', 'Job')
  @ApiOkResponse({ type: ProofList })
  async list(@Caller() caller: Principal, @IdParam('id') jobId: string): Promise<ProofList> {
    const items = await this.uow.run(caller.orgId, (tx) => this.proofs.list(tx, caller, jobId));
    return { items: items.map((item) => viewProof(item, caller)), nextCursor: null };
  }

  @Get(':proofId/file')
  @Can('read', 'Job')
  @ApiOkResponse({ content: { 'image/*': { schema: { type: 'string', format: 'binary' } } } })
  async file(
    @Caller() caller: Principal,
    @IdParam('id') jobId: string,
    @IdParam('proofId') proofId: string,
  ): Promise<StreamableFile> {
    const media = await this.uow.run(caller.orgId, (tx) => this.proofs.file(tx, caller, jobId, proofId));
    return sendMedia(media, await this.media.read(media));
  }

  private async keep(
    caller: Principal,
    jobId: string,
    sent: { body: NewProof; content: Buffer | undefined; request: Request; response: Response },
  ): Promise<ProofView> {
    const { orgId } = caller;
    const { body, content, request, response } = sent;
    // Before the slow part, and before a transaction is open.
    const timeZone = await this.uow.run(orgId, async (tx) =>
      this.proofs.timeZoneOf(tx, await this.proofs.jobToProve(tx, caller, jobId)),
    );
    const makeImage = () => imageOf(body, content, timeZone);
    const image = content || body.strokes ? await this.pictures.run(caller, makeImage) : await makeImage();
    const key = request.headers['idempotency-key'] ?? body.opId ?? (body.id && `proof/${body.id}`);
    const hashed = { ...body, opId: undefined, file: content ? await fileHash(content) : null };
    const keepWith = async (media: StoredMedia | null): Promise<ProofView> => {
      const picture = image && media && { ...image, media };
      const work = async (tx: Tx) =>
        viewProof(await this.proofs.add(tx, caller, jobId, body, picture), caller);
      if (typeof key !== 'string') return this.uow.run(orgId, work);
      const route = { route: `jobs/${jobId}/proof`, content: hashed };
      const command = { orgId, actorId: caller.id, key, body: route, status: 201 };
      return answerOf(await this.commands.run(command, work), response);
    };
    return image ? this.media.hold(orgId, image, keepWith) : keepWith(null);
  }
}

/** @throws Invalid when kind and file do not belong together */
async function imageOf(
  asked: NewProof,
  content: Buffer | undefined,
  timeZone: string,
): Promise<CleanPicture | null> {
  if (asked.strokes && asked.kind !== 'signature')
    throw Invalid.field('strokes', `do not belong to a ${asked.kind}`);
  if (content && asked.kind !== 'photo' && asked.kind !== 'signature')
    throw Invalid.field('file', `does not belong to a ${asked.kind}`);
  if (asked.kind === 'photo') return content ? cleanPhoto(content, timeZone) : null;
  if (asked.kind !== 'signature') return null;
  if (content && asked.strokes) throw Invalid.field('strokes', 'send either strokes or a file');
  if (content) return cleanSignature(content);
  return asked.strokes ? drawSignature(asked.strokes) : null;
}
