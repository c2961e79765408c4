// Rules for the hand-written style sheets. Layout is theirs; these rules look for mistakes.
export default {
    extends: "stylelint-config-recommended",
    ignoreFiles: ["node_modules/**", "var/**", "staticfiles/**"],
    rules: {
        // Rules are ordered by the part of the page they draw, not by specificity.
        "no-descending-specificity": null,
        "color-no-invalid-hex": true,
        "declaration-block-no-duplicate-properties": true,
        "property-disallowed-list": [["/^(margin|padding|border)-(left|right)$/", "left", "right"],
            { message: "Use the logical property: right-to-left pages mirror it." }],
    },
};
