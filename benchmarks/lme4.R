# Fits lme4's mixed model to a table and writes estimates and seconds as JSON; called by peers.py.
# Arguments: table (CSV), answer (JSON).
suppressMessages(library(lme4))
paths <- commandArgs(trailingOnly = TRUE)
data <- read.csv(paths[1])
fixed <- grep("^f[0-9]+$", names(data), value = TRUE)
random <- grep("^r[0-9]+$", names(data), value = TRUE)
formula <- as.formula(paste(
  "y ~ 0 +", paste(fixed, collapse = " + "), "+ (0 +", paste(random, collapse = " + "), "| id)"
))
control <- lmerControl(calc.derivs = FALSE, check.conv.singular = "ignore")
seconds <- system.time(fitted <- lmer(formula, data, REML = FALSE, control = control))[["elapsed"]]
answer <- list(
  seconds = seconds,
  fixed = unname(fixef(fitted)),
  covariance = unname(as.matrix(VarCorr(fitted)$id)[, ]),
  noise = sigma(fitted)^2,
  version = as.character(packageVersion("lme4"))
)
writeLines(jsonlite::toJSON(answer, digits = 12, auto_unbox = TRUE), paths[2])
