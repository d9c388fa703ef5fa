package jp.hinomi.alerting.console;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ScreenshotAnimations;
import com.microsoft.playwright.options.ScreenshotCaret;
import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import javax.imageio.ImageIO;

/**
 * The pictures of the documentation, taken by the tests that go through the pages: {@code -Dhinomi.screenshots=docs/screenshots}
 * writes them, with 256 colours so that they stay small; without it only their names are kept.
 */
final class Shots {
    private static final Path TOP = Path.of("..");

    private final Optional<Path> folder =
            Optional.ofNullable(System.getProperty("hinomi.screenshots")).map(given -> TOP.resolve(given));
    private final Set<String> taken = new TreeSet<>();

    void take(Page page, String name) {
        taken.add(name);
        if (folder.isEmpty()) {
            return;
        }
        byte[] png = page.screenshot(new Page.ScreenshotOptions()
                .setAnimations(ScreenshotAnimations.DISABLED)
                .setCaret(ScreenshotCaret.HIDE));
        try {
            Files.createDirectories(folder.get());
            ImageIO.write(
                    reduced(ImageIO.read(new ByteArrayInputStream(png))),
                    "png",
                    folder.get().resolve(name + ".png").toFile());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Set<String> taken() {
        return Collections.unmodifiableSet(taken);
    }

    /** Colours nearer to each other than this look the same. */
    private static final int SAME = 90;

    /** With 256 colours at most: those that are there most and differ; each other one as the nearest of them. */
    private static BufferedImage reduced(BufferedImage image) {
        int width = image.getWidth();
        int[] pixels = image.getRGB(0, 0, width, image.getHeight(), null, 0, width);
        Map<Integer, Integer> counts = new HashMap<>();
        for (int pixel : pixels) {
            counts.merge(pixel | 0xff000000, 1, Integer::sum);
        }
        List<Integer> palette = new ArrayList<>();
        counts.entrySet().stream()
                .sorted(Map.Entry.<Integer, Integer>comparingByValue(Comparator.reverseOrder())
                        .thenComparing(Map.Entry.comparingByKey()))
                .forEach(each -> {
                    if (palette.size() < 256 && palette.stream().noneMatch(one -> far(one, each.getKey()) < SAME)) {
                        palette.add(each.getKey());
                    }
                });
        int[] colours = palette.stream().mapToInt(Integer::intValue).toArray();
        IndexColorModel model =
                new IndexColorModel(8, colours.length, colours, 0, false, -1, java.awt.image.DataBuffer.TYPE_BYTE);
        BufferedImage result = new BufferedImage(width, image.getHeight(), BufferedImage.TYPE_BYTE_INDEXED, model);
        Map<Integer, Byte> nearest = new HashMap<>();
        byte[] indexes = new byte[pixels.length];
        for (int i = 0; i < pixels.length; i++) {
            indexes[i] = nearest.computeIfAbsent(pixels[i] | 0xff000000, pixel -> (byte) nearest(pixel, colours));
        }
        result.getRaster().setDataElements(0, 0, width, image.getHeight(), indexes);
        return result;
    }

    private static int far(int one, int other) {
        int red = (one >> 16 & 0xff) - (other >> 16 & 0xff);
        int green = (one >> 8 & 0xff) - (other >> 8 & 0xff);
        int blue = (one & 0xff) - (other & 0xff);
        return red * red + green * green + blue * blue;
    }

    private static int nearest(int pixel, int[] colours) {
        int best = 0;
        int least = Integer.MAX_VALUE;
        for (int i = 0; i < colours.length; i++) {
            int far = far(pixel, colours[i]);
            if (far < least) {
                least = far;
                best = i;
            }
        }
        return best;
    }
}
