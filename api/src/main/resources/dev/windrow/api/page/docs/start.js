/* global SwaggerUIBundle */
function show(described) {
  SwaggerUIBundle({
    ...described,
    dom_id: "#docs",
    // Else it has a server on the Internet judge the description.
    validatorUrl: null,
    deepLinking: true,
    defaultModelsExpandDepth: 0,
  });
}

// The description says "/": below a path of a site, what is tried, and the key with it, would go to somebody else.
const path = "v3/api-docs";
const servers = [{ url: new URL(".", location).href }];
fetch(path)
  .then((answer) => answer.json())
  .then((spec) => show({ spec: { ...spec, servers } }))
  .catch(() => show({ url: path }));
