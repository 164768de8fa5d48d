package org.espalier.job;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.espalier.data.Batch;
import org.espalier.data.DataException;
import org.espalier.data.format.PictureFiles;
import org.espalier.data.format.PicturePreprocessing;
import org.espalier.network.ImageShape;
import org.espalier.run.ModelFolder;
import org.espalier.storage.HadoopFileSystems;
import org.espalier.text.InputException;
import org.espalier.training.Evaluation;
import org.espalier.training.Predictor;

/**
 * A model that says what pictures show. The folder of the model is all it needs: no run, no
 * configuration, no data.
 */
public final class PictureClassifier implements AutoCloseable {
  /** The brightest value of a picture, as it was of the data that were learned from. */
  private static final int WHITE = 255;

  private final List<String> classes;
  private final ImageShape shape;
  private final PicturePreprocessing preprocessing;
  private final Predictor predictor;

  private PictureClassifier(ModelFiles.Stored stored, PicturePreprocessing preprocessing) {
    FinalNetwork network = stored.network();
    this.preprocessing = preprocessing;
    classes = stored.classes();
    shape = network.spec().input();
    predictor = new Predictor(network.spec(), network.weights(), network.normalization(), WHITE);
  }

  /**
   * Reads a model.
   *
   * @param folder of it, on any Hadoop file system or a local path
   * @throws InputException if there is no whole model, or it does not say what its pictures are
   */
  public static PictureClassifier open(String folder) {
    ModelFiles.Stored stored = ModelFiles.read(ModelFolder.read(folder), folder);
    Optional<PicturePreprocessing> preprocessing = stored.preprocessing();
    if (preprocessing.isEmpty()) {
      throw new InputException(
          ("the model in %s is of an older espalier, which did not write down what makes images of"
                  + " pictures; 'espalier export --run RUN --output FOLDER' writes it again with that")
              .formatted(folder));
    }
    return new PictureClassifier(stored, preprocessing.get());
  }

  /**
   * Looks whether there is something to classify, before the work.
   *
   * @param place a file or folder: a URI of any Hadoop file system, or a local path
   * @throws DataException if there is neither
   */
  public static void check(String place) {
    PictureFiles.check(place, HadoopFileSystems.configuration());
  }

  /** Names of what it tells apart. */
  public List<String> classes() {
    return classes;
  }

  /**
   * What a picture shows.
   *
   * @param place of the picture, beginning with the place that a person named
   * @param guesses the most probable classes, most probable first; at least one
   */
  public record Answer(String place, List<Guess> guesses) {
    public Answer {
      guesses = List.copyOf(guesses);
    }
  }

  /**
   * A class that a picture may show.
   *
   * @param name of the class
   * @param probability in [0, 1]
   */
  public record Guess(String name, double probability) {}

  /**
   * How pictures are classified.
   *
   * @param top how many guesses of each picture, at least 1; never more than there are classes
   * @param unreadable takes what is wrong with a picture that cannot be decoded, and may throw it;
   *     else the picture is left out
   * @param remarks takes lines for people
   */
  public record Manner(int top, Consumer<DataException> unreadable, Consumer<String> remarks) {
    public Manner {
      if (top < 1) {
        throw new IllegalArgumentException("top must be at least 1, got " + top);
      }
    }
  }

  /**
   * Classifies pictures batch by batch: what it holds does not grow with their number.
   *
   * @param places files and folders, each a URI of any Hadoop file system or a local path
   * @param receiver takes the answers of each batch, in the order of the pictures
   * @throws DataException if there is nothing at a place
   */
  public void classify(Stream<String> places, Manner manner, Consumer<List<Answer>> receiver) {
    PictureFiles files =
        new PictureFiles(
            shape,
            preprocessing,
            HadoopFileSystems.configuration(),
            manner.unreadable(),
            manner.remarks());
    Batches batches = new Batches(manner.top(), receiver);
    places.forEachOrdered(place -> files.read(place, batches));
    batches.flush();
  }

  /** Frees the native memory. */
  @Override
  public void close() {
    predictor.close();
  }

  /** Collects pictures until there are enough for a pass. */
  private final class Batches implements PictureFiles.Receiver {
    private final int top;
    private final Consumer<List<Answer>> receiver;
    private final int size = Batch.evaluated(shape, Evaluation.standard().batchSize());
    private final List<String> places = new ArrayList<>();
    private final List<byte[]> images = new ArrayList<>();

    private Batches(int top, Consumer<List<Answer>> receiver) {
      this.top = top;
      this.receiver = receiver;
    }

    @Override
    public void take(String place, byte[] image) {
      places.add(place);
      images.add(image);
      if (images.size() == size) {
        flush();
      }
    }

    private void flush() {
      if (images.isEmpty()) {
        return;
      }
      List<List<Predictor.Guess>> guesses = predictor.predict(images, top);
      List<Answer> answers = new ArrayList<>();
      for (int i = 0; i < guesses.size(); i++) {
        answers.add(
            new Answer(
                places.get(i),
                guesses.get(i).stream()
                    .map(guess -> new Guess(classes.get(guess.label()), guess.probability()))
                    .toList()));
      }
      places.clear();
      images.clear();
      receiver.accept(answers);
    }
  }
}
