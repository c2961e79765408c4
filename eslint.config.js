// Rules for the scripts of the desk and the readers' pages. Browsers run these files: there is no build step.
import js from "@eslint/js";
import globals from "globals";

/** Scripts that are loaded without type="module". */
const CLASSIC = ["desk/static/desk/matching/similar.js", "readers/static/factcheck/embed.js", "readers/static/factcheck/frame.js"];

export default [
    { ignores: ["var/", "staticfiles/", "htmlcov/", "test-results/", ".venv/"] },
    js.configs.recommended,
    {
        files: ["desk/static/**/*.js", "readers/static/**/*.js"],
        languageOptions: { ecmaVersion: 2024, sourceType: "module", globals: globals.browser },
    },
    { files: CLASSIC, languageOptions: { sourceType: "script" } },
    { files: ["*.js", "tools/*.js", "tests/js/**/*.js"], languageOptions: { ecmaVersion: 2024, globals: globals.node } },
    {
        linterOptions: { reportUnusedDisableDirectives: "error" },
        rules: {
            "array-callback-return": "error",
            "consistent-return": "error",
            "eqeqeq": "error",
            "no-alert": "error",
            "no-await-in-loop": "off", // queues send one request after the other on purpose
            "no-console": ["error", { allow: ["error"] }],
            "no-eval": "error",
            "no-implied-eval": "error",
            "no-new-func": "error",
            "no-script-url": "error",
            "no-self-compare": "error",
            "no-shadow": "error",
            "no-template-curly-in-string": "error",
            "no-throw-literal": "error",
            "no-unreachable-loop": "error",
            "no-use-before-define": ["error", { functions: false, classes: true, variables: false }],
            "no-useless-return": "error",
            "no-var": "error",
            "object-shorthand": "error",
            "prefer-const": ["error", { destructuring: "all" }],
            // Text from outside is put into elements as text, never as markup.
            "no-restricted-properties": ["error",
                { property: "innerHTML", message: "Use h() or textContent: text is never markup." },
                { property: "outerHTML", message: "Use h() or textContent: text is never markup." },
                { property: "insertAdjacentHTML", message: "Use h() or append(): text is never markup." },
            ],
        },
    },
];
