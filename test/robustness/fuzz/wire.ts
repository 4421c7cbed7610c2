import { Agent, request } from 'node:http';

export interface WireRequest {
  method: string;
  /** With its query, already escaped or deliberately not. */
  path: string;
  headers: Record<string, string>;
  body?: Buffer;
}

export interface WireAnswer {
  status: number;
  contentType: string;
  text: string;
}

/** HTTP without the niceties of `fetch`, which would refuse to send most of what a fuzzer has to say. */
export class Wire {
  private readonly agent = new Agent({ keepAlive: true, maxSockets: 8 });
  private readonly target: URL;

  constructor(url: string) {
    this.target = new URL(url);
  }

  /** @throws when the connection ends without an answer. */
  send({ method, path, headers, body }: WireRequest): Promise<WireAnswer> {
    return new Promise((resolve, reject) => {
      const { hostname, port } = this.target;
      const length = body ? { 'content-length': String(body.length) } : {};
      const options = { agent: this.agent, hostname, port, method, path, headers: { ...headers, ...length } };
      const sent = request(options, (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('error', reject);
        response.on('end', () =>
          resolve({
            status: response.statusCode ?? 0,
            contentType: String(response.headers['content-type'] ?? ''),
            text: Buffer.concat(chunks).toString(),
          }),
        );
      });
      sent.on('error', reject);
      sent.end(body);
    });
  }

  close(): void {
    this.agent.destroy();
  }
}
