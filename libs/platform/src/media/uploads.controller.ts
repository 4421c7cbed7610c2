import { Body, Controller, Delete, Get, Headers, HttpCode, Inject, Patch, Post, Res } from '@nestjs/common';
import {
  ApiBody,
  ApiCreatedResponse,
  ApiHeader,
  ApiNoContentResponse,
  ApiOkResponse,
  ApiProperty,
  ApiPropertyOptional,
  ApiTags,
} from '@nestjs/swagger';
import { IsIn, IsInt, IsOptional, IsString, IsTimeZone, Matches, Max, MaxLength, Min } from 'class-validator';
import type { Response } from 'express';
import { Conflict, MEDIA_KINDS, type MediaKind, NotFound } from '#kernel';
import { Caller, SignedIn } from '../auth/access.js';
import { AUTHENTICATOR, type Authenticator, type Principal } from '../auth/principal.js';
import { UnitOfWork } from '../database/unit-of-work.js';
import { Consumes, FileBody, LargeBody } from '../http/body/body-rule.js';
import { IdParam } from '../http/id-param.js';
import { OwnTransaction } from '../http/idempotency.interceptor.js';
import { NotBlank } from '../http/not-blank.js';
import { Cost } from '../shares/shares.js';
import { MediaPurposes } from './media-purposes.js';
import { UploadCompletion } from './upload-completion.js';
import { MAX_CHUNK_BYTES, MIN_CHUNK_BYTES, type Upload, Uploads } from './uploads.js';

class NewUploadBody {
  @ApiProperty({ maxLength: 40, description: 'what it is for; the stages say what there is' })
  @IsString()
  @NotBlank()
  @MaxLength(40)
  purpose: string;

  @ApiProperty({ enum: MEDIA_KINDS, description: 'by its content' })
  @IsIn(MEDIA_KINDS)
  kind: MediaKind;

  @ApiProperty({ type: 'integer', minimum: 1, description: 'of the whole file' })
  @IsInt()
  @Min(1)
  @Max(2_147_483_647)
  bytes: number;

  @ApiProperty({ pattern: '^[0-9a-f]{64}$', description: 'of the whole file, hex' })
  @Matches(/^[0-9a-f]{64}$/, { message: 'sha256 must be 64 lower-case hex digits' })
  sha256: string;

  @ApiPropertyOptional({ default: 'UTC', description: 'in which a camera without a zone kept its time' })
  @IsOptional()
  @IsTimeZone()
  timeZone?: string;
}

class UploadView {
  @ApiProperty({ format: 'uuid' }) id: string;
  @ApiProperty() purpose: string;
  @ApiProperty({ enum: MEDIA_KINDS }) kind: MediaKind;
  @ApiProperty({ type: 'integer' }) bytes: number;
  @ApiProperty({ type: 'integer', description: 'where to go on' }) offset: number;
  @ApiProperty({
    type: String,
    format: 'uuid',
    nullable: true,
    description: 'of the file, once it is complete',
  })
  mediaId: string | null;
  @ApiProperty({ type: String, format: 'date-time' }) expiresAt: Date;
  @ApiProperty({ type: 'integer', description: 'of every piece but the last' }) minChunkBytes: number;
  @ApiProperty({ type: 'integer' }) maxChunkBytes: number;
}

/** Large files in pieces over a bad line. Pieces and offsets are those of tus 1.0 (PATCH, HEAD, DELETE, `Upload-Offset`). */
@ApiTags('uploads')
@Controller({ path: 'uploads', version: '1' })
export class UploadsController {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly uploads: Uploads,
    private readonly completion: UploadCompletion,
    private readonly purposes: MediaPurposes,
    @Inject(AUTHENTICATOR) private readonly authenticator: Authenticator,
  ) {}

  @Post()
  @SignedIn()
  @ApiHeader({ name: 'Idempotency-Key', required: false })
  @ApiCreatedResponse({ type: UploadView })
  async begin(
    @Caller() caller: Principal,
    @Body() { timeZone = 'UTC', ...asked }: NewUploadBody,
    @Res({ passthrough: true }) response: Response,
  ): Promise<UploadView> {
    const { ability } = this.purposes.get(asked.purpose);
    // What somebody may not send is no purpose for them.
    if (!this.authenticator.may(caller, ...ability)) throw new NotFound('purpose');
    const upload = await this.uow.run(caller.orgId, (tx) =>
      this.uploads.begin(tx, caller, { ...asked, timeZone }),
    );
    response.setHeader('Location', `/api/v1/uploads/${upload.id}`);
    return view(upload, response);
  }

  /** Where to go on; HEAD answers the same without a body. */
  @Get(':id')
  @SignedIn()
  @ApiOkResponse({ type: UploadView })
  async get(
    @Caller() caller: Principal,
    @IdParam('id') id: string,
    @Res({ passthrough: true }) response: Response,
  ): Promise<UploadView> {
    const upload = await this.uow.run(caller.orgId, (tx) => this.uploads.get(tx, caller, id));
    response.setHeader('Cache-Control', 'no-store');
    return view(upload, response);
  }

  /** One piece. 409 `UPLOAD_OFFSET` says where to go on instead. */
  @Patch(':id')
  @HttpCode(204)
  @SignedIn()
  @OwnTransaction()
  @Consumes('application/offset+octet-stream')
  @LargeBody({ maxBytes: MAX_CHUNK_BYTES })
  @ApiHeader({ name: 'Upload-Offset', required: true, schema: { type: 'integer', minimum: 0 } })
  @ApiBody({ schema: { type: 'string', format: 'binary' } })
  @ApiNoContentResponse()
  async append(
    @Caller() caller: Principal,
    @IdParam('id') id: string,
    @Headers('upload-offset') said: string | undefined,
    @FileBody() chunk: Buffer | undefined,
    @Res({ passthrough: true }) response: Response,
  ): Promise<void> {
    try {
      const offset = await this.uploads.append(caller, id, offsetOf(said), chunk ?? Buffer.alloc(0));
      tell(response, offset);
    } catch (error) {
      if (error instanceof Conflict) tell(response, error.extra.offset as number);
      throw error;
    }
  }

  /** All pieces are there: makes a file of them. It may be sent again until it is answered. */
  @Post(':id/complete')
  @HttpCode(200)
  @SignedIn()
  @OwnTransaction()
  @Cost('heavy')
  @ApiOkResponse({ type: UploadView })
  async complete(
    @Caller() caller: Principal,
    @IdParam('id') id: string,
    @Res({ passthrough: true }) response: Response,
  ): Promise<UploadView> {
    return view(await this.completion.complete(caller, id), response);
  }

  @Delete(':id')
  @HttpCode(204)
  @SignedIn()
  @OwnTransaction()
  @ApiNoContentResponse()
  async cancel(@Caller() caller: Principal, @IdParam('id') id: string): Promise<void> {
    await this.uploads.cancel(caller, id);
  }
}

const offsetOf = (said: string | undefined): number | null =>
  /^\d{1,10}$/.test(said ?? '') ? Number(said) : null;

function tell(response: Response, offset: number): void {
  response.setHeader('Tus-Resumable', '1.0.0').setHeader('Upload-Offset', String(offset));
}

function view(upload: Upload, response: Response): UploadView {
  const { id, purpose, kind, bytes, received, mediaId, expiresAt } = upload;
  tell(response, received);
  response.setHeader('Upload-Length', String(bytes));
  const chunk = { minChunkBytes: MIN_CHUNK_BYTES, maxChunkBytes: MAX_CHUNK_BYTES };
  return { id, purpose, kind, bytes, offset: received, mediaId, expiresAt, ...chunk };
}
