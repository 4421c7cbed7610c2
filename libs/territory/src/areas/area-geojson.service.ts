import { Injectable } from '@nestjs/common';
import type { Feature, FeatureCollection, Polygon } from 'geojson';
import { type FieldError, Invalid } from '#kernel';
import { type ImportBody, type PreviewRow, shownRows, type Tx } from '#platform';
import { TerritoryService } from '../territory.service.js';
import type { AreaImportView } from './area.dto.js';
import type { ServiceArea } from './area.entity.js';
import type { AreaFile, FiledArea } from './area-file.thread.js';
import { AreaShapesService } from './area-shapes.service.js';
import { type AreaItem, AreasService } from './areas.service.js';

/**
 * Areas as a GeoJSON FeatureCollection (RFC 7946). A polygon is a Polygon or MultiPolygon feature; a circle is a Point
 * with the property `radiusMetres`. What is exported can be imported again.
 */
@Injectable()
export class AreaGeoJsonService {
  constructor(
    private readonly territory: TerritoryService,
    private readonly areas: AreasService,
    private readonly shapes: AreaShapesService,
  ) {}

  async export(tx: Tx): Promise<FeatureCollection> {
    return { type: 'FeatureCollection', features: (await this.territory.areas(tx)).map(toFeature) };
  }

  /** Reads the file, before a transaction is open. @throws Invalid when it is no collection of features */
  read(body: ImportBody): Promise<AreaFile> {
    return this.shapes.file(body);
  }

  /**
   * Takes in all features or none. One named like an area that exists gives that area its new shape.
   *
   * @throws Invalid naming the feature, ring and vertex, unless it is a dry run.
   */
  async import(tx: Tx, file: AreaFile, { dryRun }: { dryRun: boolean }): Promise<AreaImportView> {
    const known = new Map(
      (await this.territory.areaNames(tx)).map(({ id, name }) => [name.toLowerCase(), id]),
    );
    const idOf = (name: string) => known.get(name.toLowerCase());
    const updated = file.names.filter((name) => idOf(name)).length;
    const counts = { rows: file.names.length, created: file.names.length - updated, updated };
    const errors = file.faults.map(({ feature, ...fault }) => ({
      ...fault,
      line: feature + 1,
      column: columnOf(fault.field),
    }));
    if (dryRun)
      return { dryRun, ...counts, columns: COLUMNS, errors, preview: previewOf(file, errors, idOf) };
    if (errors.length > 0) throw new Invalid(errors);
    await this.areas.save(
      tx,
      file.areas.map((area, i) => itemOf(area!, `features[${i}].`, idOf(area!.name))),
    );
    return { dryRun, ...counts, columns: COLUMNS, errors: [], preview: [] };
  }
}

const COLUMNS = ['name', 'kind', 'radiusMetres', 'timeZone', 'priority', 'active'];

/** The column of the preview in which a fault is shown. */
function columnOf(field: string): string {
  const name = field.split('.').at(-1)!;
  return COLUMNS.includes(name) ? name : 'kind';
}

function previewOf(
  { names, areas }: AreaFile,
  errors: (FieldError & { line: number; column: string })[],
  idOf: (name: string) => string | undefined,
): PreviewRow[] {
  const wrong = new Map(errors.map((error) => [`${error.line} ${error.column}`, error]));
  const rows = names.map((name, i) => {
    const area = areas[i];
    const cells: Record<string, unknown> = {
      name,
      kind: area?.shape.kind,
      radiusMetres: area?.shape.radiusMetres,
      timeZone: area?.shape.zone,
      priority: area?.priority,
      active: area?.active,
    };
    return {
      line: i + 1,
      action: idOf(name) ? ('update' as const) : ('create' as const),
      cells: COLUMNS.map((column) => {
        const { message = null, code, values } = wrong.get(`${i + 1} ${column}`) ?? {};
        return { value: String(cells[column] ?? ''), error: message, code, values };
      }),
    };
  });
  return shownRows(rows, new Set(errors.map(({ line }) => line)));
}

/** What the file says, with a shape that is unpacked when its turn comes. */
const itemOf = (
  { shape, polygonText, ...said }: FiledArea,
  field: string,
  id: string | undefined,
): AreaItem => ({
  id,
  field,
  input:
    polygonText === null
      ? { ...said, kind: 'circle', lat: shape.lat, lon: shape.lon, radiusMetres: shape.radiusMetres! }
      : { ...said, kind: 'polygon', polygon: {} },
  shape: () => ({ ...shape, polygon: polygonText === null ? null : (JSON.parse(polygonText) as Polygon) }),
});

function toFeature(area: ServiceArea): Feature {
  const { id, name, kind, priority, timeZone, active, radiusMetres } = area;
  return {
    type: 'Feature',
    id,
    properties: { name, kind, priority, timeZone, active, ...(kind === 'circle' ? { radiusMetres } : {}) },
    geometry: kind === 'circle' ? { type: 'Point', coordinates: [area.lon, area.lat] } : area.polygon!,
  };
}
