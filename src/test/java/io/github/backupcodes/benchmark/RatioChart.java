package io.github.backupcodes.benchmark;

import java.util.List;
import java.util.Locale;

/** The rows as a picture in SVG: each ratio with its interval on a logarithmic axis, and its target as a tick. */
final class RatioChart {

    private static final int WIDTH = 1340;
    private static final int LEFT = 930;
    private static final int RIGHT = 1320;
    private static final int LINE = 26;
    private static final int TOP = 40;
    private static final double LEAST = 0.25;
    private static final double MOST = 4;

    private RatioChart() {}

    static String of(List<BenchmarkRow> rows) {
        int height = TOP + rows.size() * LINE + 20;
        StringBuilder svg = new StringBuilder("""
                <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" font-family="system-ui, sans-serif" font-size="12">
                <rect width="100%%" height="100%%" fill="#fff"/>
                """.formatted(WIDTH, height));
        for (double mark : new double[] {0.25, 0.5, 1, 2, 4}) {
            svg.append("<line x1=\"%1$s\" x2=\"%1$s\" y1=\"%2$d\" y2=\"%3$d\" stroke=\"%4$s\"/>\n"
                    .formatted(x(mark), TOP - 12, height - 16, mark == 1 ? "#333" : "#ddd"));
            svg.append("<text x=\"%s\" y=\"%d\" text-anchor=\"middle\" fill=\"#333\">%s</text>\n"
                    .formatted(x(mark), TOP - 18, mark == (long) mark ? String.valueOf((long) mark) : mark));
        }
        for (int i = 0; i < rows.size(); i++) {
            line(svg, rows.get(i), TOP + i * LINE + LINE / 2);
        }
        return svg.append("</svg>\n").toString();
    }

    private static void line(StringBuilder svg, BenchmarkRow row, int y) {
        String colour = colour(row);
        svg.append("<text x=\"8\" y=\"%d\" fill=\"#111\">%s</text>\n".formatted(y + 4, escaped(row.what())));
        if (!row.target().isEmpty()) {
            String bound = x(Double.parseDouble(row.target().substring(3)));
            svg.append(
                    "<line x1=\"%1$s\" x2=\"%1$s\" y1=\"%2$d\" y2=\"%3$d\" stroke=\"#888\" stroke-dasharray=\"3 2\"/>\n"
                            .formatted(bound, y - 10, y + 10));
        }
        svg.append("<line x1=\"%s\" x2=\"%s\" y1=\"%3$d\" y2=\"%3$d\" stroke=\"%4$s\" stroke-width=\"3\"/>\n"
                .formatted(x(row.low()), x(row.high()), y, colour));
        svg.append("<circle cx=\"%s\" cy=\"%d\" r=\"4.5\" fill=\"%s\"><title>%s</title></circle>\n"
                .formatted(x(row.ratio()), y, colour, BenchmarkRow.number(row.ratio())));
    }

    /** Green where the target is met, orange where it is not, grey where there is none. */
    private static String colour(BenchmarkRow row) {
        if (row.target().isEmpty()) {
            return "#57606a";
        }
        return row.verdict().startsWith("yes") ? "#1a7f37" : "#b35900";
    }

    private static String x(double ratio) {
        double inside = Math.min(MOST, Math.max(LEAST, ratio));
        double part = Math.log(inside / LEAST) / Math.log(MOST / LEAST);
        return String.format(Locale.ROOT, "%.1f", LEFT + part * (RIGHT - LEFT));
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;");
    }
}
