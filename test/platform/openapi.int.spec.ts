import { Controller, Get, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { ApiOkResponse, ApiProperty, type OpenAPIObject } from '@nestjs/swagger';
import { Public } from '#platform';
import { openApiDocument } from '../../apps/api/src/openapi.js';
import { WARNINGS_FAIL } from '../../apps/cli/src/openapi.js';
import { startTestApp, type TestApp } from '../support/app.js';

const twice = (() => {
  class View {
    @ApiProperty() one: string;
  }
  return View;
})();
class View {
  @ApiProperty() two: string;
}

@Controller('twins')
class TwinController {
  @Get('one') @Public() @ApiOkResponse({ type: twice }) one() {}
  @Get('two') @Public() @ApiOkResponse({ type: View }) two() {}
}
@Module({ controllers: [TwinController] })
class TwinModule {}

describe('the API’s document', () => {
  let app: TestApp;
  let document: OpenAPIObject;
  beforeAll(async () => {
    app = await startTestApp({ workers: 0 });
    document = openApiDocument(app.api);
  });
  afterAll(() => app?.stop());

  it('is not made while two classes have one name', async () => {
    const twins = await NestFactory.create(TwinModule, { logger: false, abortOnError: false });
    twins.useLogger(WARNINGS_FAIL);
    expect(() => openApiDocument(twins)).toThrow('Duplicate DTO detected: "View"');
    await twins.close();
  });

  it('says what the organisation’s policy is answered with', async () => {
    const { as } = await app.organization();
    const { body } = await as.admin.get<object>('organization/policy');
    const answered = document.paths['/api/v1/organization/policy']!.get!.responses['200'];
    expect(answered).toMatchObject({
      content: { 'application/json': { schema: { $ref: '#/components/schemas/OrganizationPolicyView' } } },
    });
    const schema = document.components!.schemas!.OrganizationPolicyView as { properties: object };
    expect(Object.keys(schema.properties).sort()).toEqual(Object.keys(body).sort());
  });

  it('says who may call, and what may be refused', () => {
    const named = (path: string, method: 'get' | 'post' | 'patch') =>
      Object.keys(document.paths[path]![method]!.responses);
    expect(named('/api/v1/jobs/{id}', 'patch')).toEqual([
      '200',
      '400',
      '401',
      '403',
      '404',
      '409',
      '413',
      '415',
      '422',
      '429',
      '503',
    ]);
    expect(named('/api/v1/jobs', 'get')).toEqual(['200', '400', '401', '404', '415', '422', '429', '503']);
    expect(named('/api/v1/callers', 'get')).toContain('403');
    expect(named('/api/v1/client-settings', 'get')).toEqual(['200', '400', '415', '429', '503']);
    expect(document.paths['/api/v1/sessions']!.post!.security).toEqual([]);
    expect(document.paths['/api/v1/jobs']!.post).toMatchObject({ 'x-access': 'create Job' });
    expect(document.components!.schemas).toMatchObject({ Problem: {}, FieldProblem: {} });
  });
});
