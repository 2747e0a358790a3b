import { STYLE_PATH } from '../parts/site-files.ts'
import type { openapi } from './openapi.ts'

interface Operation {
  readonly summary: string
  readonly parameters?: readonly { readonly name: string; readonly description?: string }[]
  readonly requestBody?: object
  readonly responses: Readonly<Record<string, { readonly description: string }>>
}

/** The OpenAPI description as a page for people: it says what the description says, and no more. */
export function DocsPage({ api }: { readonly api: ReturnType<typeof openapi> }) {
  const operations = Object.entries(api.paths).flatMap(([path, methods]) =>
    Object.entries(methods as Record<string, Operation>).map(([method, operation]) => ({
      title: `${method.toUpperCase()} ${path}`,
      operation,
    })),
  )
  return (
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <title>ichido API</title>
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <link rel="stylesheet" href={STYLE_PATH} />
      </head>
      <body>
        <main class="column">
          <h1>ichido API</h1>
          <p>{api.info.description}</p>
          <p>
            <code>Authorization: Bearer …</code> with an API key of one bank.{' '}
            <a href="/openapi.json">openapi.json</a>
          </p>
          {operations.map(({ title, operation }) => (
            <section>
              <h2>{title}</h2>
              <p>{operation.summary}</p>
              <Details operation={operation} />
            </section>
          ))}
        </main>
      </body>
    </html>
  )
}

function Details({ operation }: { readonly operation: Operation }) {
  const { parameters = [], requestBody, responses } = operation
  return (
    <>
      {parameters.length > 0 && (
        <ul>
          {parameters.map(({ name, description }) => (
            <li>
              <code>{name}</code> {description}
            </li>
          ))}
        </ul>
      )}
      {requestBody && <pre tabindex={0}>{JSON.stringify(requestBody, null, 2)}</pre>}
      <ul>
        {Object.entries(responses).map(([status, { description }]) => (
          <li>
            {status} {description}
          </li>
        ))}
      </ul>
    </>
  )
}
