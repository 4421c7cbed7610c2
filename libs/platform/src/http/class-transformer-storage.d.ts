declare module 'class-transformer/cjs/storage.js' {
  type Class = abstract new (...args: never[]) => object;

  interface TransformMetadata {
    transformFn(about: { key: string; value: unknown; obj: object; type: 0; options: object }): unknown;
  }

  /** What decorators told class-transformer; `@nestjs/mapped-types` reads it from the same place. */
  export const defaultMetadataStorage: {
    findTypeMetadata(target: Class, property: string): object | undefined;
    /** `transformation`: 0 is from plain object to class. */
    findTransformMetadatas(target: Class, property: string, transformation: 0): TransformMetadata[];
  };
}
