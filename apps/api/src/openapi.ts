import type { INestApplication } from '@nestjs/common';
import { DocumentBuilder, type OpenAPIObject, SwaggerModule } from '@nestjs/swagger';
import { documentProblems } from './openapi-problems.js';

/** The API as a document: served at /api/docs, and the source of the typed client. */
export function openApiDocument(app: INestApplication): OpenAPIObject {
  const config = new DocumentBuilder()
    .setTitle('Doorstep')
    .setDescription(
      'Field-service dispatch and quality inspection. Errors are problem details (RFC 9457). Every request that changes ' +
        'something takes an `Idempotency-Key`: the same key and body get the same answer again. What has a `version` sends it ' +
        'as `ETag` and takes it back as `If-Match`.',
    )
    .setVersion('1')
    .addBearerAuth()
    .addSecurityRequirements('bearer')
    .build();
  const document = SwaggerModule.createDocument(app, config, {
    operationIdFactory: (controller, method) => `${controller.replace(/Controller$/, '')}_${method}`,
  });
  // Headers (Idempotency-Key, If-Match, User-Agent) are the same for every route: the description says how.
  for (const path of Object.values(document.paths))
    for (const operation of Object.values(path) as { parameters?: { in?: string }[] }[])
      if (operation.parameters)
        operation.parameters = operation.parameters.filter((one) => one.in !== 'header');
  documentProblems(document);
  return document;
}
