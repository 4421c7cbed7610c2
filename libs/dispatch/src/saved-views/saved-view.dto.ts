import { ApiProperty, ApiPropertyOptional, PartialType } from '@nestjs/swagger';
import { IsBoolean, IsInt, IsOptional, IsString, Max, MaxLength, Min } from 'class-validator';
import { NotBlank } from '#platform';
import type { SavedView } from './saved-view.entity.js';

const MAX_NAME_LENGTH = 80;
const MAX_SEARCH_LENGTH = 2_000;

export class NewSavedView {
  @ApiProperty({
    minLength: 1,
    maxLength: MAX_NAME_LENGTH,
    description: 'unique among your own, whatever its case',
  })
  @IsString()
  @NotBlank()
  @MaxLength(MAX_NAME_LENGTH)
  name: string;

  @ApiProperty({
    maxLength: MAX_SEARCH_LENGTH,
    description: 'the query of the desk’s address, without `?`',
    example: 'attention=late&group=area',
  })
  @IsString()
  @MaxLength(MAX_SEARCH_LENGTH)
  search: string;

  @ApiPropertyOptional({ default: false, description: 'everybody at the desks of the organisation sees it' })
  @IsOptional()
  @IsBoolean()
  shared?: boolean;
}

export class SavedViewChanges extends PartialType(NewSavedView) {
  @ApiPropertyOptional({ type: 'integer', description: 'as If-Match' })
  @IsOptional()
  @IsInt()
  @Min(1)
  @Max(2_147_483_647)
  version?: number;
}

export class SavedViewView {
  @ApiProperty({ format: 'uuid' }) id: string;
  @ApiProperty({ type: 'integer' }) version: number;
  @ApiProperty() name: string;
  @ApiProperty() search: string;
  @ApiProperty() shared: boolean;
  @ApiProperty({ description: 'the caller made it' }) own: boolean;
  @ApiProperty({ description: 'the caller’s desk opens with it' }) isDefault: boolean;
}

export class SavedViewList {
  @ApiProperty({ type: [SavedViewView], description: 'the caller’s own and all shared ones, by name' })
  items: SavedViewView[];
  @ApiProperty({ type: String, nullable: true, description: 'always null: their number is limited' })
  nextCursor: string | null;
}

export const viewSavedView = (view: SavedView, userId: string, defaultId: string | null): SavedViewView => ({
  id: view.id,
  version: view.version,
  name: view.name,
  search: view.search,
  shared: view.shared,
  own: view.ownerId === userId,
  isDefault: view.id === defaultId,
});
