import { Body, Controller, HttpCode, Post } from '@nestjs/common';
import { ApiOkResponse, ApiProperty, ApiPropertyOptional, ApiTags } from '@nestjs/swagger';
import { ArrayMaxSize, IsArray, IsString, IsUUID, MaxLength } from 'class-validator';
import { Invalid } from '#kernel';
import { Caller, Can, NotBlank, OptionalNotNull, type Principal, UnitOfWork } from '#platform';
import { CustomerErasureService, MAX_ERASED_JOBS } from './customer-erasure.service.js';

class EraseCustomersBody {
  @ApiPropertyOptional({ type: [String], format: 'uuid', maxItems: MAX_ERASED_JOBS })
  @OptionalNotNull()
  @IsArray()
  @ArrayMaxSize(MAX_ERASED_JOBS)
  @IsUUID(undefined, { each: true })
  jobIds?: string[];

  @ApiPropertyOptional({
    maxLength: 50,
    description: 'every job with this telephone number, in any notation',
  })
  @OptionalNotNull()
  @IsString()
  @NotBlank()
  @MaxLength(50)
  phone?: string;
}

class ErasedCustomersView {
  @ApiProperty({ type: [String], format: 'uuid' }) jobIds: string[];
  @ApiProperty({ description: 'Call again: there may be more jobs' }) more: boolean;
}

@ApiTags('jobs')
@Controller({ path: 'jobs', version: '1' })
export class CustomerErasureController {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly customers: CustomerErasureService,
  ) {}

  /** Takes customers' names, telephone numbers, notes and signatures off these jobs, for good. For administrators. */
  @Post('erase-customers')
  @HttpCode(200)
  @Can('erase', 'User')
  @ApiOkResponse({ type: ErasedCustomersView })
  erase(@Caller() { orgId }: Principal, @Body() body: EraseCustomersBody): Promise<ErasedCustomersView> {
    if (!body.jobIds?.length && body.phone === undefined)
      throw Invalid.field('jobIds', 'say which jobs, or a phone', undefined, { code: 'REQUIRED' });
    return this.uow.run(orgId, (tx) => this.customers.erase(tx, body));
  }
}
