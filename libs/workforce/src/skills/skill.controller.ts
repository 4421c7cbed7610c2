import { Body, Controller, Delete, Get, HttpCode, Post } from '@nestjs/common';
import {
  ApiCreatedResponse,
  ApiNoContentResponse,
  ApiOkResponse,
  ApiProperty,
  ApiTags,
} from '@nestjs/swagger';
import { IsString, MaxLength } from 'class-validator';
import { Caller, Can, IdParam, NotBlank, PageInfo, type Principal, UnitOfWork } from '#platform';
import { SkillsService } from './skills.service.js';

class ListedSkillView {
  @ApiProperty({ format: 'uuid' }) id: string;
  @ApiProperty() name: string;
  @ApiProperty({ type: 'integer', description: 'how many workers have it' }) workers: number;
}

class ListedSkillPage extends PageInfo {
  @ApiProperty({ type: [ListedSkillView] }) items: ListedSkillView[];
}

class NewSkillBody {
  @ApiProperty({ type: String, maxLength: 60, description: 'unique in the organisation, whatever its case' })
  @IsString()
  @NotBlank()
  @MaxLength(60)
  name: string;
}

@ApiTags('skills')
@Controller({ path: 'skills', version: '1' })
export class SkillController {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly skills: SkillsService,
  ) {}

  /** By name. While the list is empty, any word is a skill. */
  @Get()
  @Can('read', 'Skill')
  @ApiOkResponse({ type: ListedSkillPage })
  async list(@Caller() { orgId }: Principal): Promise<ListedSkillPage> {
    return { items: await this.uow.run(orgId, (tx) => this.skills.list(tx)), nextCursor: null };
  }

  @Post()
  @Can('create', 'Skill')
  @ApiCreatedResponse({ type: ListedSkillView })
  create(@Caller() { orgId }: Principal, @Body() { name }: NewSkillBody): Promise<ListedSkillView> {
    return this.uow.run(orgId, (tx) => this.skills.create(tx, name));
  }

  /** Refused while a worker has it. */
  @Delete(':id')
  @HttpCode(204)
  @Can('delete', 'Skill')
  @ApiNoContentResponse()
  delete(@Caller() { orgId }: Principal, @IdParam('id') id: string): Promise<void> {
    return this.uow.run(orgId, (tx) => this.skills.delete(tx, id));
  }
}
