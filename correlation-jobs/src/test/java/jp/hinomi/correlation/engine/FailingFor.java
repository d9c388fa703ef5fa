package jp.hinomi.correlation.engine;

/** Esper, with one rule that has a defect. */
final class FailingFor implements CorrelationEngine {
    private final String rule;
    private final EsperEngine esper;

    FailingFor(String rule, Correlations correlations) {
        this.rule = rule;
        this.esper = new EsperEngine(correlations.all());
    }

    @Override
    public Hit accept(Cell cell, Match match) {
        if (cell.correlation().info().name().equals(rule)) {
            throw new RuleFailedException(rule, new ArithmeticException("a defect"));
        }
        return esper.accept(cell, match);
    }

    @Override
    public void forget(String correlation) {
        esper.forget(correlation);
    }

    @Override
    public void advance(long time) {
        esper.advance(time);
    }

    @Override
    public void close() {
        esper.close();
    }
}
