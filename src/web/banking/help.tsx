import { HELP_TOPICS } from '../help-topics.ts'
import { ContactBox } from '../parts/contact.tsx'
import { show, type Visit } from './visit.tsx'

/** 困ったときは: the troubles that customers have, each with its own anchor. */
export function helpPage(visit: Visit) {
  const { help } = visit.words
  return show(visit, {
    title: help.title,
    children: (
      <>
        <p>{help.lead}</p>
        <ul class="contents">
          {HELP_TOPICS.map((topic) => (
            <li>
              <a href={`#${topic}`}>{help.topics[topic].trouble}</a>
            </li>
          ))}
        </ul>
        {HELP_TOPICS.map((topic) => {
          const { trouble, why, steps, next, freeze, contact } = help.topics[topic]
          return (
            <section class="chapter" id={topic} tabindex={-1}>
              <h2>{trouble}</h2>
              <p>{why}</p>
              <h3>{help.steps}</h3>
              <ol>
                {steps.map((step) => (
                  <li>{step}</li>
                ))}
              </ol>
              {next && (
                <p>
                  <a href={`#${next}`}>{help.topics[next].trouble}</a>
                </p>
              )}
              {freeze && (
                <p class="form__buttons">
                  <a class="button button--danger" href={visit.paths.freeze}>
                    {freeze}
                  </a>
                </p>
              )}
              {contact && <ContactBox look={visit.look} />}
            </section>
          )
        })}
      </>
    ),
  })
}
